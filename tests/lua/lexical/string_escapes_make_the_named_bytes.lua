print(("\a\b\f\n\r\t\v\\\"\'"):byte(1, -1)) -- expect: 7	8	12	10	13	9	11	92	34	39
print(("\65\066\0067\x41\x7a\u{41}\u{7A}"):byte(1, -1)) -- expect: 65	66	6	55	65	122	65	122
print(#"\0", #"a\0b", ("\0"):byte()) -- expect: 1	3	0
print("tab:\tquote:\"single:'") -- expect: tab:	quote:"single:'
print('it\'s "fine"') -- expect: it's "fine"
print(("\x00\xff\xAb"):byte(1, -1)) -- expect: 0	255	171
print(("\255\1\10"):byte(1, -1)) -- expect: 255	1	10
