package dev.parley.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A step that Redis takes as a whole. It is called by the digest of its text; only where Redis does not know that (a restart,
 * {@code SCRIPT FLUSH}) the text itself is sent.
 *
 * @param digest SHA-1 of the text, in hexadecimal
 */
record Script(String text, String digest) {
    static final Script APPEND = load("append.lua");
    static final Script READ = load("read.lua");
    static final Script ADMIT = load("admit.lua");
    static final Script NAMES = load("names.lua");
    static final Script CLEAR = load("clear.lua");
    static final Script RESTORE = load("restore.lua");
    static final Script PRESENCE = load("presence.lua");

    private static Script load(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            byte[] text = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text);
            return new Script(new String(text, UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
