;;; local a = 1; ;; local b = 2;
print(a, b); -- expect: 1	2
do ; end
if a then ; else ; end
while false do ;;; end
print(load("return 1;")()) -- expect: 1
print(load("return;")() == nil) -- expect: true
print(load("return ;;")) -- expect: nil	[string "return ;;"]:1: <eof> expected near ';'
print(load("; return 1")()) -- expect: 1
