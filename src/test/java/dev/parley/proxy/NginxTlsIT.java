package dev.parley.proxy;

/** Through nginx with TLS and HTTP/2. */
class NginxTlsIT extends ThroughProxy {
    NginxTlsIT() {
        super(Front.NGINX_TLS);
    }
}
