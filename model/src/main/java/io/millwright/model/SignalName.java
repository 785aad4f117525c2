package io.millwright.model;

/// The name of a signal within its plant: asset and signal, written `tank-1/level`.
///
/// A class rather than a record so that the written form and its hash are computed once: names are map keys on the
/// data path.
public final class SignalName implements Comparable<SignalName> {

    private final String asset;
    private final String signal;
    private final String text;

    private SignalName(String asset, String signal, String text) {
        this.asset = asset;
        this.signal = signal;
        this.text = text;
    }

    /// @param asset the asset's name, without a slash, not empty
    /// @param signal the signal's name within the asset, without a slash, not empty
    public static SignalName of(String asset, String signal) {
        if (asset.isEmpty() || signal.isEmpty() || asset.indexOf('/') >= 0 || signal.indexOf('/') >= 0) {
            throw new IllegalArgumentException("\"" + asset + "/" + signal + "\" is not a signal: write asset/signal");
        }
        return new SignalName(asset, signal, asset + "/" + signal);
    }

    /// Reads `asset/signal`.
    ///
    /// @throws IllegalArgumentException if the text has not exactly one slash with names on both sides
    public static SignalName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not a signal: write asset/signal");
        }
        return of(text.substring(0, slash), text.substring(slash + 1));
    }

    /// The asset's name, e.g. `tank-1`.
    public String asset() {
        return asset;
    }

    /// The signal's name within its asset, e.g. `level`.
    public String signal() {
        return signal;
    }

    @Override
    public int compareTo(SignalName other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof SignalName name && text.equals(name.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// The written form, `asset/signal`.
    @Override
    public String toString() {
        return text;
    }
}
