package dev.parley.redis;

import java.security.SecureRandom;

/** Names for logs that are born: random, as nobody remembers the lives before. */
final class Epochs {
    private static final int RADIX = 36;
    private static final int DIGITS = 12;

    private final SecureRandom random = new SecureRandom();

    String next() {
        var text = new StringBuilder(DIGITS);
        for (int i = 0; i < DIGITS; i++) {
            text.append(Character.forDigit(random.nextInt(RADIX), RADIX));
        }
        return text.toString();
    }
}
