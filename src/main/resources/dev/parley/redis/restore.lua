-- Takes over a log that was kept elsewhere, piece by piece. What the last piece writes makes it a log; what is there of one that was
-- broken off, the next append or the next attempt drops.
--
-- KEYS  meta, log
-- ARGV  'begin', '1' if a log that is there may be dropped
--       'add', then offset, data, event, from and time (ms) of each message
--       'end', epoch, head, base, bytes, time (ms), how long all this is kept without being touched (ms)
-- Gives {1}, or {0} if there is a log in which something was stored
local meta, log, what = KEYS[1], KEYS[2], ARGV[1]

if what == 'begin' then
  if ARGV[2] ~= '1' and tonumber(redis.call('HGET', meta, 'head') or 0) > 0 then
    return {0}
  end
  redis.call('UNLINK', meta, log)
elseif what == 'add' then
  for i = 2, #ARGV, 5 do
    redis.call('XADD', log, ARGV[i] .. '-0', 'd', ARGV[i + 1], 'e', ARGV[i + 2], 'f', ARGV[i + 3], 't', ARGV[i + 4])
  end
else
  redis.call('HSET', meta, 'epoch', ARGV[2], 'head', ARGV[3], 'base', ARGV[4], 'bytes', ARGV[5], 'time', ARGV[6])
  redis.call('PEXPIRE', meta, ARGV[7])
  redis.call('PEXPIRE', log, ARGV[7])
end
return {1}
