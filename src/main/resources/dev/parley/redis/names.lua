-- The channels that have a log, or had one until a moment ago.
--
-- KEYS  the list
-- ARGV  now (ms)
-- Gives their names
return redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], '+inf')
