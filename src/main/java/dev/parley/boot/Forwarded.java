package dev.parley.boot;

import org.apache.catalina.valves.RemoteIpValve;

/**
 * What a reverse proxy says of the client that it speaks for: address ({@code X-Forwarded-For}) and scheme
 * ({@code X-Forwarded-Proto}). Without it every client seems to be the proxy. {@code Host} is not among it: proxies are to leave it as
 * the client sent it, since the pages that a browser may come from are known by it.
 */
final class Forwarded {
    private Forwarded() {}

    /**
     * @param trusted addresses or networks ({@code 10.0.0.0/8}) of proxies, separated by commas. From anybody else the headers count
     *     for nothing, so it may be empty
     * @throws StartFailure if there is something else in it
     */
    static RemoteIpValve valve(String trusted) {
        RemoteIpValve valve = new RemoteIpValve();
        try {
            valve.setInternalProxies(trusted);
        } catch (IllegalArgumentException e) {
            throw new StartFailure("parley.trusted-proxies must be addresses or networks such as"
                    + " 127.0.0.0/8,::1, not \"" + trusted + '"');
        }
        valve.setRemoteIpHeader("X-Forwarded-For");
        valve.setProtocolHeader("X-Forwarded-Proto");
        return valve;
    }
}
