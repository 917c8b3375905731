table.insert(package.searchers, 2, function(name)
  if name:match("^virtual%.") then
    return function(n, extra) return "module " .. n .. " " .. extra end, "data"
  end
  return "\n\tno virtual module"
end)
print(require "virtual.a") -- expect: module virtual.a data	data
print(require "virtual.b") -- expect: module virtual.b data	data
package.path, package.cpath = "", ""
print(pcall(require, "other")) -- expect: false	module 'other' not found:
-- expect: 	no field package.preload['other']
-- expect:
-- expect: 	no virtual module
-- expect: 	no file ''
-- expect: 	no file ''
