-- An integer and a float in one operation, both ways round, with locals and
-- with constants.
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do
    out[i] = tostring((select(i, ...)))
  end
  print(table.concat(out, " ")) -- expect: 9.5 9.5 4.5 -4.5 17.5 17.5 2.8 0.35714285714286
  -- expect: 9.5 9.5 4.5 -4.5 17.5 17.5 2.8 0.35714285714286
  -- expect: 9.5 9.5 -4.5 4.5 17.5 17.5 0.35714285714286 2.8
  -- expect: 1.1529215046068e+18 1.1529215046068e+18 1.1529215046068e+18 -1.1529215046068e+18 2.8823037615171e+18 2.8823037615171e+18 4.6116860184274e+17 2.168404344971e-18
  -- expect: 9.2233720368548e+18 9.2233720368548e+18 1.844674407371e+19 4.6116860184274e+18 9.2233720368548e+18
  -- expect: inf -inf inf -inf inf
  -- expect: 55.25 2.5789473684211
  -- expect: false false true
end
local i, f, big, max = 7, 2.5, 1 << 60, math.maxinteger
show(i + f, f + i, i - f, f - i, i * f, f * i, i / f, f / i)
show(i + 2.5, 2.5 + i, i - 2.5, 2.5 - i, i * 2.5, 2.5 * i, i / 2.5, 2.5 / i)
show(f + 7, 7 + f, f - 7, 7 - f, f * 7, 7 * f, f / 7, 7 / f)
show(big + f, f + big, big - f, f - big, big * f, f * big, big / f, f / big)
show(max + 1.0, 1.0 + max, max * 2.0, max / 2, max - 0.5)
show(i / 0, -i / 0, i / 0.0, i / -0.0, big / 0)
show((i + f) * i - f * (i - f), (f * i + i) / (i + f))
local nan = 0 / 0
show(nan + i == nan + i, i * nan == i * nan, i / nan ~= i / nan)
