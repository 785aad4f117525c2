package io.millwright.certificate.schedule;

/// A directed link by its ends.
record Edge(String from, String to) {

    @Override
    public int hashCode() {
        return 31 * from.hashCode() + to.hashCode();
    }

    @Override
    public String toString() {
        return "(" + from + ", " + to + ")";
    }
}
