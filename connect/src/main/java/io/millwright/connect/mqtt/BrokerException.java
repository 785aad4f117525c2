package io.millwright.connect.mqtt;

import io.millwright.model.Quality;

/// A broker cannot be reached, or refuses. The message is for the user.
public final class BrokerException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Quality quality;
    private final boolean refused;

    BrokerException(String message, Quality quality, boolean refused) {
        super(message);
        this.quality = quality;
        this.refused = refused;
    }

    /// The quality of the signals behind the broker.
    public Quality quality() {
        return quality;
    }

    /// Whether the broker answered and said no, so that another try with the same settings hardly helps.
    public boolean refused() {
        return refused;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
