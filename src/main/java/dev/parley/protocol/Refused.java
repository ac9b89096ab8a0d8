package dev.parley.protocol;

/** A request that takes no effect, and the reason that its sender is told. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int status;

    /** @param detail what is wrong with this very request, for people; never holds a secret */
    public Refused(ErrorCode code, String detail) {
        this(code, detail, code.httpStatus());
    }

    /** @param status over HTTP, where it has a more exact one than the code's */
    public Refused(ErrorCode code, String detail, int status) {
        super(detail, null, false, false);
        this.code = code;
        this.status = status;
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String detail() {
        return getMessage() == null ? "" : getMessage();
    }
}
