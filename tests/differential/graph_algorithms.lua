-- Shortest paths, components, topological order, flows, spanning trees.
local seed = 2024
local function rnd(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
local N = 30
local edges, adj = {}, {}
for i = 1, N do adj[i] = {} end
for i = 1, 80 do
  local a, b, w = rnd(N), rnd(N), rnd(20)
  if a ~= b and not adj[a][b] then adj[a][b], adj[b][a] = w, w edges[#edges + 1] = {a, b, w} end
end
print(#edges)
local function neighbours(a)
  local i = 0
  return function() repeat i = i + 1 until i > N or adj[a][i] if i <= N then return i, adj[a][i] end end
end
local function dijkstra(s)
  local dist, prev, done = {[s] = 0}, {}, {}
  while true do
    local best
    for i = 1, N do if dist[i] and not done[i] and (not best or dist[i] < dist[best]) then best = i end end
    if not best then break end
    done[best] = true
    for b, w in neighbours(best) do
      local d = dist[best] + w
      if not dist[b] or d < dist[b] then dist[b], prev[b] = d, best end
    end
  end
  return dist, prev
end
local dist, prev = dijkstra(1)
for i = 2, N, 4 do
  local path, p = {}, i
  while p do table.insert(path, 1, p) p = prev[p] end
  print(i, dist[i], table.concat(path, ">"))
end
local fw = {}
for i = 1, N do fw[i] = {} for j = 1, N do fw[i][j] = i == j and 0 or adj[i][j] or math.huge end end
for k = 1, N do for i = 1, N do for j = 1, N do local d = fw[i][k] + fw[k][j] if d < fw[i][j] then fw[i][j] = d end end end end
local agree = true
for i = 1, N do agree = agree and (dist[i] or math.huge) == fw[1][i] end
print(agree, fw[3][17], fw[9][28])
local parent = {}
for i = 1, N do parent[i] = i end
local function find(x) while parent[x] ~= x do parent[x] = parent[parent[x]] x = parent[x] end return x end
table.sort(edges, function(x, y) if x[3] ~= y[3] then return x[3] < y[3] end if x[1] ~= y[1] then return x[1] < y[1] end return x[2] < y[2] end)
local total, used = 0, 0
for _, e in ipairs(edges) do
  local a, b = find(e[1]), find(e[2])
  if a ~= b then parent[a] = b total, used = total + e[3], used + 1 end
end
local comps = {}
for i = 1, N do comps[find(i)] = (comps[find(i)] or 0) + 1 end
local sizes = {}
for _, s in pairs(comps) do sizes[#sizes + 1] = s end
table.sort(sizes)
print(total, used, table.concat(sizes, ","))
local function bfs(s)
  local seen, order, q, head = {[s] = true}, {}, {s}, 1
  while q[head] do
    local a = q[head]
    head = head + 1
    order[#order + 1] = a
    for b in neighbours(a) do if not seen[b] then seen[b] = true q[#q + 1] = b end end
  end
  return order
end
print(table.concat(bfs(1), " "))
local function dfs(s) local seen = {} local function go(a) seen[a] = true coroutine.yield(a) for b in neighbours(a) do if not seen[b] then go(b) end end end return coroutine.wrap(function() go(s) end) end
for a in dfs(1) do io.write(a, " ") end
print()
local deps = {app = {"lib", "log"}, lib = {"core"}, log = {"core", "fmt"}, fmt = {"core"}, core = {}, test = {"app"}}
local function toposort(d)
  local order, state = {}, {}
  local function visit(n, chain)
    if state[n] == "done" then return end
    if state[n] == "open" then error("cycle: " .. table.concat(chain, ">") .. ">" .. n, 0) end
    state[n] = "open"
    chain[#chain + 1] = n
    for _, m in ipairs(d[n] or error("unknown " .. n, 0)) do visit(m, chain) end
    chain[#chain] = nil
    state[n] = "done"
    order[#order + 1] = n
  end
  local names = {}
  for n in pairs(d) do names[#names + 1] = n end
  table.sort(names)
  for _, n in ipairs(names) do visit(n, {}) end
  return table.concat(order, " ")
end
print(toposort(deps))
deps.core = {"test"}
print(pcall(toposort, deps))
deps.core = {"nowhere"}
print(pcall(toposort, deps))
local function lcs(a, b)
  local t = setmetatable({}, {__index = function(t, i) local r = setmetatable({}, {__index = function() return 0 end}) rawset(t, i, r) return r end})
  for i = 1, #a do for j = 1, #b do t[i][j] = a:byte(i) == b:byte(j) and t[i - 1][j - 1] + 1 or math.max(t[i - 1][j], t[i][j - 1]) end end
  local i, j, out = #a, #b, {}
  while i > 0 and j > 0 do
    if a:byte(i) == b:byte(j) then table.insert(out, 1, a:sub(i, i)) i, j = i - 1, j - 1
    elseif t[i - 1][j] >= t[i][j - 1] then i = i - 1 else j = j - 1 end
  end
  return table.concat(out)
end
print(lcs("the quick brown fox", "a thick brow box"), lcs("", "x"), lcs("AGGTAB", "GXTXAYB"))
local function edit(a, b)
  local p = {}
  for j = 0, #b do p[j] = j end
  for i = 1, #a do local c = {[0] = i} for j = 1, #b do c[j] = math.min(p[j] + 1, c[j - 1] + 1, p[j - 1] + (a:sub(i, i) == b:sub(j, j) and 0 or 1)) end p = c end
  return p[#b]
end
print(edit("kitten", "sitting"), edit("", "abc"), edit("same", "same"))
