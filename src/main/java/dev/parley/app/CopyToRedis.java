package dev.parley.app;

import dev.parley.config.InvalidSetting;
import dev.parley.config.Settings;
import dev.parley.config.SettingsSource;
import dev.parley.core.ChannelName;
import dev.parley.core.LogUnavailable;
import dev.parley.core.Metrics;
import dev.parley.core.Position;
import dev.parley.core.Slice;
import dev.parley.core.Start;
import dev.parley.embedded.DurableBroker;
import dev.parley.embedded.UnusableData;
import dev.parley.embedded.UsedKey;
import dev.parley.redis.Address;
import dev.parley.redis.Intake;
import dev.parley.redis.RedisOptions;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command {@code java -jar parley.war copy-to-redis}: copies the log of a node that stood alone into Redis, for many nodes. What
 * clients have stays good: epochs, offsets and the keys of publishers go with the messages. The folder is left as it is.
 */
public final class CopyToRedis {
    private static final int PAGE = 256;
    private static final int NAMED = 5;

    private final DurableBroker from;
    private final Intake to;
    private long messages;
    private long keys;

    private CopyToRedis(DurableBroker from, Intake to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies, with the settings of the node, and tells what was done or why nothing was.
     *
     * @param options {@code --replace} to drop what Redis has of the same channels
     * @return the exit status: 0 if all was copied
     */
    public static int run(List<String> options, PrintStream out) {
        boolean replace = options.equals(List.of("--replace"));
        if (!replace && !options.isEmpty()) {
            out.println("usage: copy-to-redis [--replace]");
            return 1;
        }
        try {
            out.println(copy(SettingsSource.read(), replace));
            return 0;
        } catch (InvalidSetting | UnusableData | LogUnavailable | IllegalStateException e) {
            out.println("Not copied: " + e.getMessage());
            return 1;
        }
    }

    /** @throws RuntimeException nothing, or not all, was copied */
    static String copy(Settings settings, boolean replace) {
        Settings.Redis redis = settings.redis();
        Path folder = settings.data();
        if (redis.address().isEmpty()) {
            throw new IllegalStateException("parley.redis does not say where to");
        }
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("there is no data folder " + folder + "; parley.data names it");
        }
        var options = new RedisOptions(
                Address.parse(redis.address()),
                redis.prefix(),
                redis.timeout(),
                settings.limits().channels());
        try (DurableBroker from = DurableBroker.open(
                        folder, settings::namespace, Integer.MAX_VALUE, Clock.systemUTC(), Metrics.NONE);
                Intake to = new Intake(options, settings::namespace, Clock.systemUTC())) {
            return new CopyToRedis(from, to).all(replace);
        }
    }

    private String all(boolean replace) {
        List<ChannelName> channels = List.copyOf(from.names());
        List<ChannelName> there =
                replace ? List.of() : channels.stream().filter(to::has).toList();
        if (!there.isEmpty()) {
            throw new IllegalStateException("Redis has " + there.size() + " of these channels already, such as "
                    + there.stream().limit(NAMED).map(ChannelName::text).collect(Collectors.joining(", "))
                    + "; --replace drops what it has of them");
        }
        channels.forEach(channel -> copy(channel, replace));
        return "copied " + channels.size() + " channels, " + messages + " messages, " + keys + " keys";
    }

    private void copy(ChannelName channel, boolean replace) {
        to.begin(channel, replace);
        Slice page = from.after(channel, Start.EARLIEST, PAGE);
        Position start = page.start();
        to.add(channel, page.messages());
        messages += page.messages().size();
        while (page.more()) {
            page = from.after(channel, new Start.At(page.messages().getLast().position()), PAGE);
            to.add(channel, page.messages());
            messages += page.messages().size();
        }
        for (UsedKey used : from.usedKeys(channel)) {
            to.use(channel, used.key(), used.position(), used.expires());
            keys++;
        }
        to.end(channel, start, page.head());
    }
}
