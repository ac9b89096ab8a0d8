package dev.parley.proxy;

/** Behind nginx, with TLS. */
class NginxTlsVanishedClientIT extends VanishedClient {
    NginxTlsVanishedClientIT() {
        super(Front.NGINX_TLS);
    }
}
