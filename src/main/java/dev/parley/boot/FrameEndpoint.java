package dev.parley.boot;

import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tomcat's sockets, where from the first frame on a {@link FramePoller} waits for what a WebSocket's client sends. */
final class FrameEndpoint extends NioEndpoint {
    private volatile @Nullable FramePoller frames;

    @Override
    public void startInternal() throws Exception {
        super.startInternal();
        frames = new FramePoller(this, super.getPoller());
    }

    /** A socket asks once, when it is accepted. */
    @Override
    protected @Nullable Poller getPoller() {
        FramePoller known = frames;
        return known == null ? super.getPoller() : known;
    }

    @Override
    public boolean processSocket(SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
        FramePoller known = frames;
        return dispatch
                        && known != null
                        && event == SocketEvent.OPEN_READ
                        && isWebSocket(socket)
                        && known.takeOver((NioSocketWrapper) socket)
                || super.processSocket(socket, event, dispatch);
    }

    /** The one protocol to which a connection is upgraded here. */
    private static boolean isWebSocket(@Nullable SocketWrapperBase<NioChannel> socket) {
        return socket != null && socket.getCurrentProcessor() instanceof Processor processor && processor.isUpgrade();
    }

    @Override
    public void stopInternal() {
        FramePoller known = frames;
        frames = null;
        if (known != null) {
            known.close();
        }
        super.stopInternal();
    }
}
