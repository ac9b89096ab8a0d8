package dev.parley.proxy;

/** Behind HAProxy, with TLS. */
class HaproxyTlsVanishedClientIT extends VanishedClient {
    HaproxyTlsVanishedClientIT() {
        super(Front.HAPROXY_TLS);
    }
}
