package io.millwright.identity.authentication;

import java.util.BitSet;

/// The counters of a session's messages that have been seen: each is taken once, and messages may overtake each other
/// by up to [#WIDTH].
public final class CounterWindow {

    /// By how much messages may overtake each other.
    public static final int WIDTH = 256;

    private final BitSet seen = new BitSet(WIDTH);
    private int highest;

    /// @return false if the counter was seen before, or is too far behind to tell
    public synchronized boolean take(int counter) {
        if (counter <= 0 || counter <= (long) highest - WIDTH) {
            return false;
        }
        if (counter > highest) {
            int forgotten = (int) Math.min(WIDTH, (long) counter - highest);
            for (int i = 1; i <= forgotten; i++) {
                seen.clear(Math.floorMod(highest + i, WIDTH));
            }
            highest = counter;
        }
        boolean fresh = !seen.get(counter % WIDTH);
        seen.set(counter % WIDTH);
        return fresh;
    }
}
