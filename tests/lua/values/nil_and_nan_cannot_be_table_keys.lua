local t = {}
print(pcall(function() t[nil] = 1 end)) -- expect: false	nil_and_nan_cannot_be_table_keys.lua:2: table index is nil
print(pcall(function() t[0/0] = 1 end)) -- expect: false	nil_and_nan_cannot_be_table_keys.lua:3: table index is NaN
print(t[nil], t[0/0]) -- expect: nil	nil
print(pcall(rawset, t, nil, 1)) -- expect: false	table index is nil
print(pcall(rawset, t, 0/0, 1)) -- expect: false	table index is NaN
print(pcall(function() return {[nil] = 1} end)) -- expect: false	nil_and_nan_cannot_be_table_keys.lua:7: table index is nil
print(pcall(function() local k; return {[k] = 1} end)) -- expect: false	nil_and_nan_cannot_be_table_keys.lua:8: table index is nil
print(rawget(t, nil)) -- expect: nil
t[1/0], t[-1/0] = "inf", "-inf"
print(t[math.huge], t[-math.huge]) -- expect: inf	-inf
