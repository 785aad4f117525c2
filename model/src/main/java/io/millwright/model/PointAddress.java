package io.millwright.model;

/// Where a signal lives: a connection of the plant file, and a point in the notation of that connection's protocol.
/// Written `plc-io/holding/0:float32`: everything after the first slash is the point.
///
/// @param connection the name of a connection
/// @param point the protocol's own notation, e.g. `holding/0:float32` or `ns=2;s=Tank1.Inflow`
public record PointAddress(String connection, String point) {

    public PointAddress {
        if (connection.isEmpty() || connection.indexOf('/') >= 0 || point.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + connection + "/" + point + "\" is not a source: write connection/point");
        }
    }

    /// Reads `connection/point`.
    ///
    /// @throws IllegalArgumentException if there is no slash or nothing on one side of it
    public static PointAddress parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" is not a source: write connection/point");
        }
        return new PointAddress(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return connection + "/" + point;
    }
}
