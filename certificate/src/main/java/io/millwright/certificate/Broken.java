package io.millwright.certificate;

/// A step that does not follow from what is before it.
public final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    public Broken(String why) {
        super(why);
    }

    public static void unless(boolean holds, String why) throws Broken {
        if (!holds) {
            throw new Broken(why);
        }
    }
}
