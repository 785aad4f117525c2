package io.millwright.connect;

import io.millwright.model.Quality;
import io.millwright.model.Told;

/// A device cannot be reached, or refuses what it was asked. What is told is for the user: what happened, where, and
/// what would help; the message is its English text.
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean refusal;
    private final transient Told told;

    public LinkException(Told told) {
        this(Quality.BAD_COMMUNICATION_ERROR, told);
    }

    public LinkException(Told told, Throwable cause) {
        super(told.text(), cause);
        status = Quality.BAD_COMMUNICATION_ERROR.code();
        refusal = false;
        this.told = told;
    }

    /// @param quality what the signals of the device are worth for as long as this lasts
    public LinkException(Quality quality, Told told) {
        this(quality, told, false);
    }

    private LinkException(Quality quality, Told told, boolean refusal) {
        super(told.text());
        status = quality.code();
        this.refusal = refusal;
        this.told = told;
    }

    /// The device refuses us in a way that another try does not mend; see [LinkState.Phase#REFUSED].
    public static LinkException refused(Quality quality, Told told) {
        return new LinkException(quality, told, true);
    }

    /// What the signals of the device are worth for as long as this lasts.
    public Quality quality() {
        return new Quality(status);
    }

    /// Whether another try is of no use until somebody acts.
    public boolean isRefusal() {
        return refusal;
    }

    /// What happened, also for who says it in another language.
    public Told told() {
        return told;
    }

    /// The message as text; never null.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
