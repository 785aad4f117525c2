package io.millwright.historian.series;

/// Counts who uses a thing, so that it is given back when its owner has let go and the last reader is done.
public final class Holders {

    private final Runnable giveBack;
    private int count = 1;

    /// Starts with one holder, the owner.
    ///
    /// @param giveBack runs once, when nobody holds the thing any more
    public Holders(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    /// One more holder.
    ///
    /// @throws IllegalStateException if the thing has been given back
    public synchronized void hold() {
        if (count == 0) {
            throw new IllegalStateException("already given back");
        }
        count++;
    }

    /// One holder less.
    public void letGo() {
        boolean last;
        synchronized (this) {
            last = --count == 0;
        }
        if (last) {
            giveBack.run();
        }
    }
}
