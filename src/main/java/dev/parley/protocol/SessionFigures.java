package dev.parley.protocol;

import dev.parley.core.ChannelName;
import java.util.List;

/**
 * One session, for administrators.
 *
 * @param transport how it is connected: {@code websocket}, {@code chat} or {@code sse}
 * @param age since when it is, in seconds
 * @param channels what it reads
 */
public record SessionFigures(String session, String user, String transport, long age, List<ChannelName> channels) {
    public SessionFigures {
        channels = List.copyOf(channels);
    }
}
