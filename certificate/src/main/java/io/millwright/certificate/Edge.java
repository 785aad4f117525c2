package io.millwright.certificate;

/// A directed link by its ends.
public record Edge(String from, String to) {

    @Override
    public String toString() {
        return "(" + from + ", " + to + ")";
    }
}
