package io.millwright.certificate.bounds;

/// A step that does not follow from what is before it.
final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String why) {
        super(why);
    }

    static void unless(boolean holds, String why) throws Broken {
        if (!holds) {
            throw new Broken(why);
        }
    }
}
