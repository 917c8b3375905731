print(string.format("[%f] [%.2f] [%10.3f] [%-10.1f] [%+f] [%08.2f] [%.0f]", 3.14159, 3.14159, 3.14159, 3.14159, 1.0, 3.14159, 2.5)) -- expect: [3.141590] [3.14] [     3.142] [3.1       ] [+1.000000] [00003.14] [2]
print(string.format("%e %.3E %g %G %g %g", 12345.678, 0.00012, 1e20, 1e-10, 100000, 1e6)) -- expect: 1.234568e+04 1.200E-04 1e+20 1E-10 100000 1e+06
print(string.format("%.14g %.17g %.3g %10.4g|%#.3g %#.0f", 0.1, 0.1, 1234.5, 1.5, 1, 1)) -- expect: 0.1 0.10000000000000001 1.23e+03        1.5|1.00 1.
print(string.format("%f %e %g", 1, 10, "0x10"), string.format("%5.1f|%-8g|% g", 9.96, 1.5, 2)) -- expect: 1.000000 1.000000e+01 16	 10.0|1.5     | 2
print(string.format("%f %g %e %.1f", math.huge, -math.huge, math.huge, -math.huge), string.format("%.99f", 1/3):sub(1, 25)) -- expect: inf -inf inf -inf	0.33333333333333331482961
print(string.format("%.20f", 0.1), string.format("%g %g", 2^53, 2^63), string.format("%.3f", 2^60), string.format("%5.2f%%", 99.5)) -- expect: 0.10000000000000000555	9.0072e+15 9.22337e+18	1152921504606846976.000	99.50%
print(string.format("%f", 1e300):len(), pcall(string.format, "%f", "x")) print(pcall(string.format, "%f")) -- expect: 308	false	bad argument #2 to 'string.format' (number expected, got string)
-- expect: false	bad argument #2 to 'string.format' (no value)
