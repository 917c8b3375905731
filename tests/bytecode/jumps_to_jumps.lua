while a do
  if b then
    if c then f() else g() end
  else
    h()
  end
end
