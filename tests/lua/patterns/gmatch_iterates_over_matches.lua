for w in ("one two  three"):gmatch("%a+") do io.write("[", w, "]") end print() -- expect: [one][two][three]
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do io.write(k, ":", v, " ") end print() -- expect: a:1 b:2
for p in ("abc"):gmatch("()") do io.write(p, " ") end print() -- expect: 1 2 3 4
for s in ("abc"):gmatch("") do io.write("<", s, ">") end print() -- expect: <><><><>
for a in ("a,b,,c"):gmatch("([^,]*)") do io.write("{", a, "}") end print() -- expect: {a}{b}{}{c}
for w in ("hello world"):gmatch("%a+", 7) do io.write(w, ";") end print() -- expect: world;
for w in ("hello"):gmatch("l", -2) do io.write(w, ";") end for w in ("x"):gmatch("x", 10) do io.write("never") end print() -- expect: l;
local it = ("ab"):gmatch(".")
print(it(), it(), it(), pcall(it)) -- expect: a	b	nil	true
print(pcall(string.gmatch, "x")) print(pcall(string.gmatch)) -- expect: false	bad argument #2 to 'string.gmatch' (string expected, got no value)
-- expect: false	bad argument #1 to 'string.gmatch' (string expected, got no value)
local co = coroutine.wrap(function() for w in ("a b"):gmatch("%a") do coroutine.yield(w) end end)
print(co(), co()) -- expect: a	b
