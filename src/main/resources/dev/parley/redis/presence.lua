-- Who is on a channel. Whatever is asked, those whose lease has run out go first; so it takes no node in particular to notice that
-- another one is gone, and each leaves once.
--
-- KEYS  leases (sorted set: session by the end of its lease, ms), sessions (hash: session, user), users (hash: user, how many
--       sessions), members (sorted set: user by the change with which it came), changes (how many there were)
-- ARGV  now (ms), how long all this is kept without being touched (ms), PUBLISH or SPUBLISH, its channel, what to do:
--       'join', then session, user and end of its lease (ms), as often as wanted
--       'leave', session, end of its lease (ms)
--       'list', how many users at most
-- Gives {changes, users, sessions, then user and its sessions of each}; users are listed by 'list' only
local leases, sessions, users, members, changes = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local now, keep, announce, live, what = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local function tell(sign, user)
  local number = redis.call('INCR', changes)
  redis.call(announce, live, sign .. string.format('%d', number) .. ' ' .. user)
  return number
end

local function remove(session)
  local user = redis.call('HGET', sessions, session)
  redis.call('ZREM', leases, session)
  redis.call('HDEL', sessions, session)
  if user and redis.call('HINCRBY', users, user, -1) <= 0 then
    redis.call('HDEL', users, user)
    redis.call('ZREM', members, user)
    tell('-', user)
  end
end

for _, session in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 1000)) do
  remove(session)
end

if what == 'join' then
  for i = 6, #ARGV, 3 do
    local session, user, lease = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    redis.call('ZADD', leases, 'GT', lease, session)
    if redis.call('HSETNX', sessions, session, user) == 1 and redis.call('HINCRBY', users, user, 1) == 1 then
      redis.call('ZADD', members, tell('+', user), user)
    end
  end
  for i = 1, #KEYS do
    redis.call('PEXPIRE', KEYS[i], keep)
  end
elseif what == 'leave' then
  if tonumber(ARGV[7]) <= tonumber(now) then
    remove(ARGV[6])
  else
    redis.call('ZADD', leases, 'XX', ARGV[7], ARGV[6])
  end
end

local out = {tonumber(redis.call('GET', changes) or 0), redis.call('ZCARD', members), redis.call('ZCARD', leases)}
if what == 'list' and tonumber(ARGV[6]) > 0 then
  for _, user in ipairs(redis.call('ZRANGE', members, 0, ARGV[6] - 1)) do
    out[#out + 1] = user
    out[#out + 1] = tonumber(redis.call('HGET', users, user))
  end
end
return out
