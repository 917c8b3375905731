local colors = require "ansicolors"

for _, text in ipairs {
  "plain", "%{red}red%{reset} none", "%{bright blue yellowbg}mixed", "100%%",
  "%{underline}a%{dim}b%{hidden}c", "",
} do
  print((colors(text):gsub("\27", "ESC")))
  print((colors.noReset(text):gsub("\27", "ESC")))
end
print(pcall(colors, "%{nocolor}x"))
