local t = {}
print(string.format("%p", t) == string.format("%p", t), string.format("%p", t) ~= string.format("%p", {})) -- expect: true	true
print(string.format("%p", 1), string.format("%p", nil), string.format("%p", true), string.format("%10p|%-10p|", 1, false)) -- expect: (null)	(null)	(null)	    (null)|(null)    |
print(tostring(t) == "table: " .. string.format("%p", t), tostring(print):find(string.format("%p", print), 1, true) ~= nil) -- expect: true	true
print(string.format("%p", "short") == string.format("%p", "sh" .. "ort")) -- expect: true
