package io.millwright.connect;

import io.millwright.model.Quality;

/// A device cannot be reached, or refuses what it was asked. The message is for the user: what happened, where, and
/// what would help.
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean refusal;

    public LinkException(String message) {
        this(Quality.BAD_COMMUNICATION_ERROR, message);
    }

    public LinkException(String message, Throwable cause) {
        super(message, cause);
        status = Quality.BAD_COMMUNICATION_ERROR.code();
        refusal = false;
    }

    /// @param quality what the signals of the device are worth for as long as this lasts
    public LinkException(Quality quality, String message) {
        this(quality, message, false);
    }

    private LinkException(Quality quality, String message, boolean refusal) {
        super(message);
        status = quality.code();
        this.refusal = refusal;
    }

    /// The device refuses us in a way that another try does not mend; see [LinkState.Phase#REFUSED].
    public static LinkException refused(Quality quality, String message) {
        return new LinkException(quality, message, true);
    }

    /// What the signals of the device are worth for as long as this lasts.
    public Quality quality() {
        return new Quality(status);
    }

    /// Whether another try is of no use until somebody acts.
    public boolean isRefusal() {
        return refusal;
    }

    /// The message as text; never null.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
