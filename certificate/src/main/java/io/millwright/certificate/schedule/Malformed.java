package io.millwright.certificate.schedule;

/// What was given cannot be read or is out of bounds. The message is one line.
final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String why) {
        super(why);
    }
}
