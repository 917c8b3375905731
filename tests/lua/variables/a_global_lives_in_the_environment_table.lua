x = 10
print(_G.x, _ENV.x, _G == _ENV, _G._G == _G) -- expect: 10	10	true	true
_G.y = 20
print(y) -- expect: 20
print(undefined_global) -- expect: nil
_G["a b"] = 1
print(_ENV["a b"]) -- expect: 1
local name = "dyn"
_G[name] = "amic"
print(dyn) -- expect: amic
