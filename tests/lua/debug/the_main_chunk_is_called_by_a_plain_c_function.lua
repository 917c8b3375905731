local info = debug.getinfo(2, "Su")
print(info.what, info.nups, info.nparams, info.isvararg) -- expect: C	0	0	true
print(debug.getinfo(3)) -- expect: nil
