package dev.parley.proxy;

/** What HAProxy makes of it. */
class HaproxyForwardingIT extends Forwarding {
    HaproxyForwardingIT() {
        super(Front.HAPROXY);
    }
}
