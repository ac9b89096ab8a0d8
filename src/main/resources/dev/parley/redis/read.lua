-- Reads a piece of a channel's log. A log that is not there is born: its first message will follow the position told here.
--
-- KEYS  meta, log
-- ARGV  now (ms), oldest age (ms), time that an unused log is remembered (ms), epoch for a log born now,
--       'after' or 'before', 'earliest', 'latest' or 'at', epoch and offset asked for, '1' if that position is known to have
--       existed, how many messages at most, how many bytes at most (one message may have more)
-- Gives {epoch, head, the offset before the oldest message, start, the offset up to which nothing is retained, then offset, time,
-- event, from, data of each message, in the direction of reading}
local meta, log = KEYS[1], KEYS[2]
local now, age, idle, born = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local direction, word, askedEpoch, asked, certain = ARGV[5], ARGV[6], ARGV[7], tonumber(ARGV[8]), ARGV[9]
local limit, maxBytes = tonumber(ARGV[10]), tonumber(ARGV[11])

local known = redis.call('HMGET', meta, 'epoch', 'head', 'base', 'compact')
local epoch, head, base, compact = known[1], tonumber(known[2] or 0), tonumber(known[3] or 0), known[4] == '1'
if not epoch then
  epoch = born
  redis.call('HSET', meta, 'epoch', epoch, 'head', 0, 'base', 0, 'bytes', 0, 'time', 0)
  redis.call('PEXPIRE', meta, string.format('%d', idle))
elseif redis.call('PTTL', meta) < idle / 2 then
  redis.pcall('PEXPIRE', meta, string.format('%d', idle)) -- somebody is interested; no matter if this is a replica
end
if certain == '1' and epoch == askedEpoch and head < asked then
  epoch = born -- see append.lua
  redis.call('HSET', meta, 'epoch', epoch)
end

local function id(offset)
  return string.format('%d-0', offset)
end
local function place(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end
local function firstFrom(offset)
  return redis.call('XRANGE', log, id(offset), '+', 'COUNT', 1)[1]
end

-- What is too old is not there, even if no append has dropped it yet: the first one that is young enough is searched by halves,
-- as times do not fall. What is missing before the first entry was lost with its key, or superseded in a compact log.
local oldest = head > base and firstFrom(base + 1)
if not oldest then
  base = head
elseif now - oldest[2][8] <= age then
  base = compact and base or place(oldest) - 1
else
  local old, young = place(oldest), head + 1
  while young - old > 1 do
    local middle = math.floor((old + young) / 2)
    local entry = firstFrom(middle)
    if not entry or now - entry[2][8] <= age then
      young = middle
    else
      old = place(entry)
    end
  end
  base = old
end
local bottom = base
if compact then
  local first = firstFrom(base + 1)
  bottom = first and place(first) - 1 or head
end

local start
if direction == 'after' then
  start = word == 'latest' and head or base
  if word == 'at' and epoch == askedEpoch and asked >= base and asked <= head then
    start = asked
  end
else
  start = word == 'latest' and head + 1 or 0
  if word == 'at' and epoch == askedEpoch then
    start = math.min(asked, head + 1)
  end
  start = math.max(start, base + 1)
end

local out, count, bytes, from = {epoch, head, bottom, start, base}, 0, 0, start
while count < limit and bytes < maxBytes do
  local some = math.min(limit - count, 32)
  local entries
  if direction == 'after' then
    entries = redis.call('XRANGE', log, id(from + 1), id(head), 'COUNT', some)
  else
    entries = redis.call('XREVRANGE', log, id(from - 1), id(base + 1), 'COUNT', some)
  end
  for _, entry in ipairs(entries) do
    if bytes >= maxBytes then
      break
    end
    from = place(entry)
    local fields = entry[2]
    out[#out + 1] = from
    out[#out + 1] = tonumber(fields[8])
    out[#out + 1] = fields[4]
    out[#out + 1] = fields[6]
    out[#out + 1] = fields[2]
    count = count + 1
    bytes = bytes + 160 + #fields[2] + #fields[4] + #fields[6]
  end
  if #entries < some then
    break
  end
end
return out
