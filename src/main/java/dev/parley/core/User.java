package dev.parley.core;

/**
 * Who acts, as far as the node knows.
 *
 * @param name the user's name; {@value #NOBODY} for who gave none
 */
public record User(String name) {
    private static final String NOBODY = "anonymous";

    /** Who gave no name. All of them are one publisher. */
    public static final User ANONYMOUS = new User(NOBODY);

    /** What a message says of its publisher: the name, or empty for who gave none. */
    public String from() {
        return equals(ANONYMOUS) ? "" : name;
    }
}
