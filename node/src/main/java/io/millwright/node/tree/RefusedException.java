package io.millwright.node.tree;

/// Why something is not done; the message says what would be right.
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// Whose matter it is.
    public enum Kind {
        /// What was asked cannot be understood.
        WRONG,
        /// There is no such thing.
        MISSING,
        /// Who asks may not.
        FORBIDDEN,
        /// It is no longer as the caller thinks.
        CONFLICT,
        /// A node does not answer as it should.
        UNANSWERED,
        /// Too much is asked at once.
        BUSY
    }

    RefusedException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static RefusedException wrong(String message) {
        return new RefusedException(Kind.WRONG, message);
    }

    public Kind kind() {
        return kind;
    }
}
