package dev.parley.proxy;

/** Behind nginx. */
class NginxVanishedClientIT extends VanishedClient {
    NginxVanishedClientIT() {
        super(Front.NGINX);
    }
}
