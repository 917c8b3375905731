local a, b, c = ...
if a and b or c then f() end
if not (a or b) then f() end
if a < b and not c then f() else g() end
if a == nil then f() elseif b then g() elseif true then h() else i() end
if nil then f() end
