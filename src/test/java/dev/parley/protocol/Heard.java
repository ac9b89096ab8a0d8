package dev.parley.protocol;

import java.util.ArrayList;
import java.util.List;

/** Writes down what was read of a frame, in its order. */
final class Heard implements CommandReader.Receiver {
    static final int NAME_LENGTH = 64;

    private final List<Object> all = new ArrayList<>();

    /** What was refused; the detail is for people. */
    record Refusal(long id, ErrorCode code) {}

    static List<Object> in(String frame) {
        var heard = new Heard();
        new CommandReader(NAME_LENGTH).read(frame, heard);
        return heard.all;
    }

    static List<Object> in(byte[] frame) {
        var heard = new Heard();
        new CommandReader(NAME_LENGTH).read(frame, heard);
        return heard.all;
    }

    static List<Command> commandsIn(String frame) {
        return only(Command.class, in(frame));
    }

    static <T> List<T> only(Class<T> type, List<Object> heard) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static Refusal malformed(long id) {
        return new Refusal(id, ErrorCode.MALFORMED);
    }

    @Override
    public void command(Command command) {
        all.add(command);
    }

    @Override
    public void refused(long id, Refused why) {
        all.add(new Refusal(id, why.code()));
    }
}
