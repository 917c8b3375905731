print("never")
do
  goto missing
end
local x
::other::
