package dev.parley.core;

/**
 * Makes a publisher's retry harmless.
 *
 * @param publisher who chose the key; two publishers' equal keys are different
 * @param key 1 to 64 characters, chosen by the publisher
 */
public record PublishKey(String publisher, String key) {
    public static final int MAX_LENGTH = 64;
}
