print(collectgarbage() , collectgarbage("collect")) -- expect: 0	0
print(math.type(collectgarbage("count")), collectgarbage("count") > 0) -- expect: float	true
print(collectgarbage("isrunning"), collectgarbage("stop"), collectgarbage("isrunning")) -- expect: true	0	false
print(collectgarbage("restart"), collectgarbage("isrunning")) -- expect: 0	true
print(type(collectgarbage("step")), type(collectgarbage("step", 100))) -- expect: boolean	boolean
print(collectgarbage("incremental"), collectgarbage("generational"), collectgarbage("incremental")) -- expect: generational	incremental	generational
print(type(collectgarbage("setpause", 200)), collectgarbage("setpause", 200)) -- expect: number	200
print(type(collectgarbage("setstepmul", 100)), collectgarbage("setstepmul", 100)) -- expect: number	100
print(pcall(collectgarbage, "unknown")) -- expect: false	bad argument #1 to 'collectgarbage' (invalid option 'unknown')
print(pcall(collectgarbage, 5)) -- expect: false	bad argument #1 to 'collectgarbage' (invalid option '5')
