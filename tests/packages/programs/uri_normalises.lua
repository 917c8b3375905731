local URI = require "uri"

for _, text in ipairs {
  "HTTP://Example.ORG:80/a/./b/../c/%7Euser?q=%41#frag",
  "http://user:pw@host:8080/path;params?query",
  "ftp://ftp.example.org/dir/file;type=i",
  "file:///etc/passwd", "mailto:a@b.example", "urn:isbn:0-306-40615-2",
  "urn:oid:1.2.3.4", "data:text/plain;base64,SGVsbG8=", "../relative?x=1",
  "http://[::1]/", "telnet://h:23/", "pop://user;auth=*@h/",
} do
  local uri, problem = URI:new(text)
  if uri then
    print(uri, uri:scheme(), uri:host(), uri:port(), uri:path(), uri:query(),
      uri:fragment(), uri:userinfo())
  else
    print("error", problem)
  end
end
for _, bad in ipairs { "", "http://h:99999/", "1http://x/", "http://a b/",
  "urn:isbn:123" } do
  print(bad, pcall(URI.new, URI, bad))
end
for _, relative in ipairs { "g", "./g", "/g", "//g", "?y", "g?y#s", "..", "../../g",
  "g;x=1/../y", "" } do
  print(relative, URI:new(relative, "http://a/b/c/d;p?q"))
end
local uri = URI:new("http://a/b")
uri:path("/new path")
uri:query("k=v&x=y")
print(uri, uri:host("B.example"), uri)
print(URI.eq("http://EXAMPLE/", "http://example:80/"))
