package dev.parley.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.protocol.ErrorCode;
import dev.parley.protocol.JsonText;
import dev.parley.protocol.Refused;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** The body of a publish as one JSON value. */
final class Body {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;

    /**
     * So much of a body that is too large is read on and thrown away, in bytes: a container that closes a connection with
     * something unread resets it, and the client may never see why. Tomcat reads 2 MB on by itself.
     */
    private static final long SWALLOWED = 16 << 20;

    private final int maxSize;

    /** @param maxSize of a body, in bytes */
    Body(int maxSize) {
        this.maxSize = maxSize;
    }

    /** The text of a body that is JSON. */
    String json(@Nullable MediaType type, InputStream in) throws IOException {
        byte[] bytes = read(in);
        if (type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
            throw unsupported("application/json is taken");
        }
        return text(bytes, UTF_8);
    }

    /** @throws Refused for a body that is too large or not of its type */
    String data(@Nullable MediaType type, InputStream in) throws IOException {
        byte[] bytes = read(in);
        if (type == null) {
            throw unsupported("the request does not say what its body is: Content-Type is missing");
        }
        if (MediaType.APPLICATION_JSON_TYPE.isCompatible(type)) {
            return JsonText.value(text(bytes, UTF_8));
        }
        if (MediaType.TEXT_PLAIN_TYPE.isCompatible(type)) {
            return JsonText.string(text(bytes, charset(type)));
        }
        if (MediaType.APPLICATION_OCTET_STREAM_TYPE.isCompatible(type)) {
            return JsonText.binary(bytes, MediaType.APPLICATION_OCTET_STREAM);
        }
        throw unsupported("application/json, text/plain and application/octet-stream are taken");
    }

    private byte[] read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(maxSize + 1);
        if (bytes.length > maxSize) {
            in.skip(SWALLOWED);
            throw new Refused(ErrorCode.TOO_LARGE, "a body may have " + maxSize + " bytes");
        }
        return bytes;
    }

    private static Charset charset(MediaType type) {
        String name = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        try {
            return name == null ? UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw unsupported("unknown charset");
        }
    }

    private static String text(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Refused(ErrorCode.MALFORMED, "the body is not " + charset);
        }
    }

    private static Refused unsupported(String detail) {
        return new Refused(ErrorCode.MALFORMED, detail, UNSUPPORTED_MEDIA_TYPE);
    }
}
