package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.core.ChannelName;
import dev.parley.core.Logs;
import java.util.List;

/** All logs together, those of all nodes. */
final class RedisLogs implements Logs {
    private final Link link;
    private final Keys keys;
    private final RedisTime time;

    RedisLogs(Link link, Keys keys, RedisTime time) {
        this.link = link;
        this.keys = keys;
        this.time = time;
    }

    @Override
    public List<ChannelName> names() {
        List<Object> names =
                link.await(link.run(Script.NAMES, new String[] {keys.channels()}, Arguments.of(time.now())));
        return names.stream()
                .map(name -> new ChannelName(new String((byte[]) name, UTF_8)))
                .toList();
    }

    @Override
    public void clear(ChannelName channel) {
        var unused = link.await(link.run(
                Script.CLEAR,
                new String[] {keys.meta(channel), keys.log(channel), keys.names(channel)},
                Arguments.of(link.address().publish(), keys.live(channel))));
    }
}
