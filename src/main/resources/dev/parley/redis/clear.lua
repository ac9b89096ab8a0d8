-- Drops all that a channel's log retains. Offsets go on.
--
-- KEYS  meta, log, names
-- ARGV  PUBLISH or SPUBLISH, its channel
-- Gives {}
local head = redis.call('HGET', KEYS[1], 'head')
if head then
  redis.call('HSET', KEYS[1], 'base', head, 'bytes', 0)
  redis.call('UNLINK', KEYS[2], KEYS[3])
  redis.call(ARGV[1], ARGV[2], 'cleared * * 0 0\n')
end
return {}
