package dev.parley.protocol;

import java.io.StringWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the commands of a frame. In a text frame they are JSON objects, one or several on a line each, and a bad one spoils only
 * its own line. In a binary frame they are CBOR maps, one after the other: a bad one spoils only itself unless it is not even
 * well-formed, since then nobody can tell where it ends.
 */
public final class CommandReader {
    /** What may stand between values (RFC 8259, section 2). Any other white space breaks its own line, and no other. */
    private static final String SPACE = " \t\r\n";

    private final int nameLength;

    /** @param nameLength the longest event name, in characters */
    public CommandReader(int nameLength) {
        this.nameLength = nameLength;
    }

    /** Takes what a frame holds, in its order. */
    public interface Receiver {
        void command(Command command);

        /** @param id of the command that was refused, 0 if it could not be read */
        void refused(long id, Refused why);

        /** Whether the rest of the frame is of interest; asked after each broken line. */
        default boolean isListening() {
            return true;
        }
    }

    public void read(String frame, Receiver to) {
        char[] text = frame.toCharArray();
        int next = 0;
        while (next < text.length && to.isListening()) {
            next = readUntilBroken(frame, text, next, to);
        }
    }

    public void read(byte[] frame, Receiver to) {
        CborReader items = new CborReader(frame);
        while (items.hasNext() && to.isListening()) {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = JsonText.generator(text)) {
                items.next(json);
            } catch (Refused e) {
                to.refused(idIn(text.toString()), e);
                continue;
            }
            read(text.toString(), to);
        }
    }

    /** The id that a command has, of which not all could be read. */
    private static long idIn(String begun) {
        Members members = new Members();
        try (JsonParser parser = JsonText.parser(begun.toCharArray(), 0)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                members.read(parser, begun, 0);
            }
            return members.id();
        } catch (JacksonException e) {
            return members.id();
        }
    }

    /** @return where to go on: the line after a broken object, or the end */
    private int readUntilBroken(String frame, char[] text, int base, Receiver to) {
        int begun = base;
        Members members = new Members();
        try (JsonParser parser = JsonText.parser(text, base)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    members.read(parser, frame, base);
                    give(members, to);
                } else {
                    JsonText.raw(parser, frame, base);
                    to.refused(0, new Refused(ErrorCode.MALFORMED, "a command is an object"));
                }
                members = new Members();
                begun = base + (int) parser.currentLocation().getCharOffset();
            }
            return frame.length();
        } catch (JacksonException e) {
            to.refused(members.id(), JsonText.broken(e));
            return nextLine(frame, begun);
        }
    }

    /** Where the line ends in which the next object begins. */
    private static int nextLine(String frame, int from) {
        int begin = from;
        while (begin < frame.length() && SPACE.indexOf(frame.charAt(begin)) >= 0) {
            begin++;
        }
        int end = frame.indexOf('\n', begin);
        return end < 0 ? frame.length() : end + 1;
    }

    private void give(Members members, Receiver to) {
        Command command;
        try {
            command = members.command(nameLength);
        } catch (Refused e) {
            to.refused(members.id(), e);
            return;
        }
        to.command(command);
    }
}
