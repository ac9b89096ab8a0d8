package dev.parley.proxy;

/** Through HAProxy, without TLS. */
class HaproxyIT extends ThroughProxy {
    HaproxyIT() {
        super(Front.HAPROXY);
    }
}
