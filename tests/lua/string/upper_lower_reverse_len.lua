print(("MiXed 123 \u{e9}"):upper():sub(1, 10), ("MiXed"):lower(), (""):upper() == "") -- expect: MIXED 123 	mixed	true
print(("hello"):reverse(), (""):reverse() == "", ("a\0b"):reverse():byte(1, -1)) -- expect: olleh	true	98	0	97
print(("abc"):len(), #"", ("a\0\0"):len(), (("x"):rep(1000)):reverse():len()) -- expect: 3	0	3	1000
print(string.upper(123), string.len(12.5), pcall(string.upper)) print(pcall(string.reverse, {})) print(pcall(string.len, nil)) -- expect: 123	4	false	bad argument #1 to 'string.upper' (string expected, got no value)
-- expect: false	bad argument #1 to 'string.reverse' (string expected, got table)
-- expect: false	bad argument #1 to 'string.len' (string expected, got nil)
