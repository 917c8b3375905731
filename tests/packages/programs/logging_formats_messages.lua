local logging = require "logging"

local lines = {}
local logger = logging.new(function(_, level, message)
  lines[#lines + 1] = level .. ": " .. message
  return true
end)
logger:setLevel(logging.INFO)
logger:debug("not seen")
logger:info("plain")
logger:warn("%d of %s", 3, "four")
logger:error({ 1, 2, name = "table" })
logger:fatal(function(x) return "lazy " .. x end, "text")
logger:log(logging.WARN, nil)
logger:setLevel(logging.ERROR)
logger:warn("silent")
for _, line in ipairs(lines) do
  print(line)
end
print(pcall(logger.log, logger, "NOLEVEL", "x"))
print(logging.prepareLogMsg("%date|%level|%message\n", "DAY", "INFO", "100%"))

local name = os.tmpname()
local file = require("logging.file")(name, nil, "%level %message\n")
file:info("to a file")
file:error("%5.2f", 1.005)
file = nil
collectgarbage()
print(io.open(name):read("a"))
os.remove(name)

local console = require("logging.console")("%level: %message\n")
console:info("to standard output")
