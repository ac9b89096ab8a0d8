-- Appends one message to a channel's log, or says why not. All or nothing: what can refuse a write (memory, a replica, a disk)
-- refuses the first one, and Redis lets a script that has written finish.
--
-- KEYS  meta, log, names, and the used key if the publisher gave one
-- ARGV  now (ms), not after (ms of Redis's own clock), epoch for a log born now, the epoch and offset the node knows of,
--       '1' if a new channel is welcome, history, oldest age (ms), bytes, key time (ms), PUBLISH or SPUBLISH, its channel,
--       data, event, from, '1' if the log is compact: of each event name it retains the newest message alone
-- Gives {epoch, offset, duplicate}, {'late'} or {'new'}
local meta, log, names, used = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local now, deadline, born, knownEpoch, knownOffset, welcome = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
local history, age, maxBytes, keyTime = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10])
local announce, live = ARGV[11], ARGV[12]
local data, event, from, compact = ARGV[13], ARGV[14], ARGV[15], ARGV[16] == '1'

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

local known = redis.call('HMGET', meta, 'epoch', 'head', 'base', 'bytes', 'time', 'compact')
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

local function weight(entry)
  return 160 + #entry[2][2] + #entry[2][4] + #entry[2][6]
end
local function place(entry)
  return tonumber(string.match(entry[1], '^%d+'))
end
-- Notes where the newest message of a name is, and drops the one before it.
local function supersede(name, at)
  local old = redis.call('HGET', names, name)
  local entry = old and redis.call('XRANGE', log, id(old), id(old))[1]
  if entry then
    bytes = bytes - weight(entry)
    redis.call('XDEL', log, id(old))
  end
  redis.call('HSET', names, name, string.format('%d', at))
end

local count = offset - base
if compact then
  if known[6] == '1' and redis.call('EXISTS', names) == 1 then
    supersede(event, offset)
  else -- the log was not compact so far, or has lost its names: all of it is gone through once
    redis.call('UNLINK', names)
    redis.call('XTRIM', log, 'MINID', id(base + 1))
    for _, entry in ipairs(redis.call('XRANGE', log, '-', '+')) do
      supersede(entry[2][4], place(entry))
    end
  end
  redis.call('PEXPIRE', names, string.format('%d', age + keyTime))
  count = redis.call('XLEN', log)
end

-- Each append drops what is too much; a backlog of what is too old goes bit by bit, readers do not see it meanwhile.
local first = base
for _ = 1, 100 do
  local oldest = redis.call('XRANGE', log, id(base + 1), '+', 'COUNT', 1)[1]
  if count <= history and bytes <= maxBytes and time - oldest[2][8] <= age then
    break
  end
  local dropped = place(oldest)
  if dropped == offset then
    base = offset - 1
    bytes = weight(oldest)
    break
  end
  count = compact and count - 1 or offset - dropped
  base = dropped
  bytes = bytes - weight(oldest)
  if compact then
    redis.call('HDEL', names, oldest[2][4])
  end
end
if base > first then
  redis.call('XTRIM', log, 'MINID', compact and '=' or '~', id(base + 1))
end

redis.call('HSET', meta, 'epoch', epoch, 'head', string.format('%d', offset), 'base', string.format('%d', base),
  'bytes', string.format('%d', bytes), 'time', string.format('%d', time), 'compact', compact and 1 or 0)
redis.call('PEXPIRE', meta, string.format('%d', age + keyTime))
redis.call('PEXPIRE', log, string.format('%d', age + keyTime))
if used then
  redis.call('SET', used, string.format('%s-%d %d', epoch, offset, time), 'PX', string.format('%d', keyTime))
end
redis.call(announce, live, string.format('%s %d %d %d %d\n', epoch, offset, time, #event, #from) .. event .. from .. data)
return {epoch, offset, 0}
