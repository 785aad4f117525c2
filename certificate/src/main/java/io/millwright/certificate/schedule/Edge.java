package io.millwright.certificate.schedule;

/// A directed link by its ends.
record Edge(String from, String to) {

    @Override
    public String toString() {
        return "(" + from + ", " + to + ")";
    }
}
