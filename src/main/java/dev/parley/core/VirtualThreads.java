package dev.parley.core;

import java.util.concurrent.ThreadFactory;

/** The virtual threads of the application. */
public final class VirtualThreads {
    private VirtualThreads() {}

    /**
     * They inherit nothing from whoever starts them, but know the application's class loader: without it a container's libraries that
     * look for classes on them, such as Payara's CDI, find none, and go on finding none on every other thread.
     *
     * @param name of each
     */
    public static ThreadFactory named(String name) {
        ThreadFactory threads = Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .factory();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setContextClassLoader(VirtualThreads.class.getClassLoader());
            return thread;
        };
    }
}
