; One path arrives without multiple results.
expect MULTI_TARGET
function stack=1 flags=1
  TRUE
  JUMP_IF_TRUE use
  VARARG_OPEN
use:
  RETURN_SPREAD 0
end
