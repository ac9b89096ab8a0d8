package dev.parley.proxy;

/** Behind HAProxy. */
class HaproxyVanishedClientIT extends VanishedClient {
    HaproxyVanishedClientIT() {
        super(Front.HAPROXY);
    }
}
