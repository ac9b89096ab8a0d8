-- Takes a channel into the list of channels that have a log, unless there are as many as there may be.
--
-- KEYS  the list
-- ARGV  now (ms), until when this channel is to be listed (ms), how many there may be, the channel's name
-- Gives {1}, or {0} if there is no place
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1])
if not redis.call('ZSCORE', KEYS[1], ARGV[4]) and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
  return {0}
end
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[4])
return {1}
