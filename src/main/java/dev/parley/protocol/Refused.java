package dev.parley.protocol;

/** A request that takes no effect, and the reason that its sender is told. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int status;
    private final int retryAfter;

    /** @param detail what is wrong with this very request, for people; never holds a secret */
    public Refused(ErrorCode code, String detail) {
        this(code, detail, code.httpStatus());
    }

    /** @param status over HTTP, where it has a more exact one than the code's */
    public Refused(ErrorCode code, String detail, int status) {
        this(code, detail, status, 0);
    }

    /** @param retryAfter in so many seconds the same request may succeed; 0 if nobody knows */
    public Refused(ErrorCode code, String detail, int status, int retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public ErrorCode code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** Seconds, or 0: {@code Retry-After} over HTTP (RFC 9110, section 10.2.3). */
    public int retryAfter() {
        return retryAfter;
    }

    public String detail() {
        return getMessage() == null ? "" : getMessage();
    }
}
