do return f() end
g()
while true do h() end
i()
::never::
j()
goto never
