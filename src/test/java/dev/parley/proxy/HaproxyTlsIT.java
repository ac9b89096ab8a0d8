package dev.parley.proxy;

/** Through HAProxy with TLS and HTTP/2. */
class HaproxyTlsIT extends ThroughProxy {
    HaproxyTlsIT() {
        super(Front.HAPROXY_TLS);
    }
}
