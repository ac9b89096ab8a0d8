package dev.parley.proxy;

/** Through nginx, without TLS. */
class NginxIT extends ThroughProxy {
    NginxIT() {
        super(Front.NGINX);
    }
}
