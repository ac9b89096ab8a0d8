package dev.parley.core;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/** Stands between the work and its metrics, so that metrics that fail never break it. The first failure is logged. */
public final class GuardedMetrics implements Metrics {
    private static final Logger LOG = System.getLogger(GuardedMetrics.class.getName());

    private final Metrics metrics;
    private final AtomicBoolean told = new AtomicBoolean();

    public GuardedMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Traffic traffic(String transport) {
        try {
            return new GuardedTraffic(metrics.traffic(transport));
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return Traffic.NONE;
        }
    }

    @Override
    public void refused(String reason) {
        guard(() -> metrics.refused(reason));
    }

    @Override
    public void published(int size) {
        try {
            metrics.published(size);
        } catch (RuntimeException | LinkageError e) {
            failed(e);
        }
    }

    @Override
    public void replayed(boolean recovered) {
        guard(() -> metrics.replayed(recovered));
    }

    @Override
    public void took(Work work, long nanos) {
        guard(() -> metrics.took(work, nanos));
    }

    @Override
    public void failed(Work work) {
        guard(() -> metrics.failed(work));
    }

    @Override
    public void gauge(String name, String meaning, DoubleSupplier value) {
        guard(() -> metrics.gauge(name, meaning, value));
    }

    private void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        if (told.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "metrics fail; all else goes on", cause);
        }
    }

    private final class GuardedTraffic implements Traffic {
        private final Traffic traffic;

        GuardedTraffic(Traffic traffic) {
            this.traffic = traffic;
        }

        @Override
        public void opened() {
            guard(traffic::opened);
        }

        @Override
        public void closed(int code, long lifetimeMillis) {
            guard(() -> traffic.closed(code, lifetimeMillis));
        }

        @Override
        public void received(int size) {
            try {
                traffic.received(size);
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        }

        /** Without a lambda: this is on the way of every delivery. */
        @Override
        public void written(int messages, int size) {
            try {
                traffic.written(messages, size);
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        }

        @Override
        public void sampled(int messages, long delayMillis) {
            guard(() -> traffic.sampled(messages, delayMillis));
        }
    }
}
