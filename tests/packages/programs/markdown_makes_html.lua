-- Written for Lua 5.1: the one function it misses, by means of 5.4.
function setfenv(level, env)
  local f = debug.getinfo(level + 1, "f").func
  local i = 1
  while debug.getupvalue(f, i) ~= "_ENV" do
    i = i + 1
  end
  debug.upvaluejoin(f, i, function() return env end, 1)
end
unpack = table.unpack
require "markdown"

print(markdown [[
Title
=====

A paragraph with *emphasis*, **strong** words, `code <here>`, and a
[link](http://example.org/?a=1&b=2 "with title"), then
an <http://auto.example> link & an ampersand.  
After a break. ![image](i.png)

## Lists ##

1. one
2. two
    * nested
    * list

3. three

> A quotation
> > of a quotation
>
>     code in it

    local x = 1 < 2
    print(x)

***

[ref]: http://example.com/  'Reference'
See [the reference][ref], [ref][], and \*escapes\*.

<div>
raw *html*
</div>

A_b_c and __bold__.
]])
for _, text in ipairs { "", "\n", "# One", "a\n\nb", "* a\n* b", "\tx" } do
  print(("%q"):format(markdown(text)))
end
local long = {}
for i = 1, 60 do
  long[i] = ("%d. item *%d* with `%d`"):format(i, i, i)
end
print(#markdown(table.concat(long, "\n")))
