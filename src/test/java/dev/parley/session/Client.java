package dev.parley.session;

import dev.parley.core.ChannelName;
import dev.parley.fake.RecordingTransport;
import java.util.List;

/** Somebody who speaks to a node on a {@link Stage}. */
record Client(Stage stage, ClientSession session, RecordingTransport transport, Conversation conversation) {
    /** Sends a frame whose quotes are single ones, and returns what comes back. */
    List<Object> say(String singleQuoted) {
        tell(singleQuoted);
        return hear();
    }

    /** Sends a frame, and lets nobody run yet. */
    void tell(String singleQuoted) {
        conversation.receive(singleQuoted.replace('\'', '"'));
    }

    /** What has come since this was last asked. */
    List<Object> hear() {
        stage.run();
        return transport.take();
    }

    void subscribe(ChannelName channel) {
        tell("{'type':'subscribe','channel':'" + channel + "'}");
    }

    void unsubscribe(ChannelName channel) {
        tell("{'type':'unsubscribe','channel':'" + channel + "'}");
    }
}
