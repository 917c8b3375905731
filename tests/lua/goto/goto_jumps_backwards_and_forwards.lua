local i = 1
::top::
if i <= 3 then
  print(i) -- expect: 1
  -- expect: 2
  -- expect: 3
  i = i + 1
  goto top
end
goto done
print("skipped")
::done::
print("end") -- expect: end
do goto inner; ::inner:: end
do
  goto out
end
::out:: print("out") -- expect: out
