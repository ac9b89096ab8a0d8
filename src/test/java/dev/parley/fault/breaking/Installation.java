package dev.parley.fault.breaking;

import java.util.List;
import java.util.Map;

/** What is to be broken: processes that make up one Parley, and the relays that they and the clients use. */
interface Installation extends AutoCloseable {
    /** Relays in front of the nodes, one each. */
    Doors doors();

    /** Each process that may be killed, stopped and frozen. */
    List<Part> parts();

    /** Each relay that may cut, stall and delay: the doors, and those between the parts. */
    List<Relay> relays();

    /** What each log holds, from its oldest message to its head. Asked when all is up again. */
    Map<String, List<Evidence.Stored>> logs(List<String> channels);

    /** For people who look for what went wrong: the last that each process printed. */
    String lastWords();

    @Override
    void close();
}
