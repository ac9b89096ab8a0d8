-- Appends one message to a channel's log, or says why not. All or nothing: what can refuse a write (memory, a replica, a disk)
-- refuses the first one, and Redis lets a script that has written finish.
--
-- KEYS  meta, log, and the used key if the publisher gave one
-- ARGV  now (ms), not after (ms of Redis's own clock), epoch for a log born now, the epoch and offset the node knows of,
--       '1' if a new channel is welcome, history, oldest age (ms), bytes, key time (ms), PUBLISH or SPUBLISH, its channel,
--       data, event, from
-- Gives {epoch, offset, duplicate}, {'late'} or {'new'}
local meta, log, used = KEYS[1], KEYS[2], KEYS[3]
local now, deadline, born, knownEpoch, knownOffset, welcome = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
local history, age, maxBytes, keyTime = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local announce, live = ARGV[11], ARGV[12]
local data, event, from = ARGV[13], ARGV[14], ARGV[15]

-- A publish that waited in a stalled connection until its publisher was told that it failed must not come true.
local clock = redis.call('TIME')
if clock[1] * 1000 + clock[2] / 1000 > deadline then
  return {'late'}
end

if used then
  local known = redis.call('GET', used)
  if known then
    local epoch, offset, time = string.match(known, '^(%w+)%-(%d+) (%d+)$')
    if now - time < keyTime then
      return {epoch, tonumber(offset), 1}
    end
  end
end

local known = redis.call('HMGET', meta, 'epoch', 'head', 'base', 'bytes', 'time')
local epoch, head, base = known[1] or born, tonumber(known[2] or 0), tonumber(known[3] or 0)
local bytes, time = tonumber(known[4] or 0), math.max(now, tonumber(known[5] or 0))
if head == 0 and welcome ~= '1' then
  return {'new'}
end
-- The log is shorter than the node has seen it: a replica took over that had not got everything. Offsets up to the one known
-- name other messages now, so this is another life.
if epoch == knownEpoch and head < knownOffset then
  epoch = born
end
if not known[1] and redis.call('EXISTS', log) == 1 then
  redis.call('UNLINK', log) -- left over where only the meta key was lost
end

local function id(offset)
  return string.format('%d-0', offset)
end

local offset = head + 1
redis.call('XADD', log, id(offset), 'd', data, 'e', event, 'f', from, 't', string.format('%d', time))
bytes = bytes + 160 + #data + #event + #from

-- Each append drops what is too much; a backlog of what is too old goes bit by bit, readers do not see it meanwhile.
local first = base
for _ = 1, 100 do
  local oldest = redis.call('XRANGE', log, id(base + 1), '+', 'COUNT', 1)[1]
  if offset - base <= history and bytes <= maxBytes and time - oldest[2][8] <= age then
    break
  end
  local place = tonumber(string.match(oldest[1], '^%d+'))
  if place == offset then
    base = offset - 1
    bytes = 160 + #data + #event + #from
    break
  end
  base = place
  bytes = bytes - 160 - #oldest[2][2] - #oldest[2][4] - #oldest[2][6]
end
if base > first then
  redis.call('XTRIM', log, 'MINID', '~', id(base + 1))
end

redis.call('HSET', meta, 'epoch', epoch, 'head', string.format('%d', offset), 'base', string.format('%d', base),
  'bytes', string.format('%d', bytes), 'time', string.format('%d', time))
redis.call('PEXPIRE', meta, string.format('%d', age + keyTime))
redis.call('PEXPIRE', log, string.format('%d', age + keyTime))
if used then
  redis.call('SET', used, string.format('%s-%d %d', epoch, offset, time), 'PX', string.format('%d', keyTime))
end
redis.call(announce, live, string.format('%s %d %d %d %d\n', epoch, offset, time, #event, #from) .. event .. from .. data)
return {epoch, offset, 0}
