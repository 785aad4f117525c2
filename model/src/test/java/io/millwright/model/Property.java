package io.millwright.model;

import java.util.SplittableRandom;

/// Runs a property many times, each with a seed that a failure names; `-Dmw.seed=…` replays one. The seeds are the same
/// in
/// every run unless `-Dmw.seeds=new` draws others.
///
/// The `testkit` module has the one that other modules use; it stands above this module and cannot be used here.
public final class Property {

    private Property() {}

    /// A property: throws when it does not hold.
    @FunctionalInterface
    public interface Check {
        void holds(SplittableRandom random) throws Exception;
    }

    /// Checks the property `runs` times.
    public static void check(int runs, Check property) {
        String replay = System.getProperty("mw.seed");
        var seeds = "new".equals(System.getProperty("mw.seeds")) ? new SplittableRandom() : new SplittableRandom(runs);
        for (int run = 0; run < (replay == null ? runs : 1); run++) {
            long seed = replay == null ? seeds.nextLong() : Long.decode(replay);
            try {
                property.holds(new SplittableRandom(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed %d (replay with -Dmw.seed=%d): %s".formatted(seed, seed, e), e);
            }
        }
    }
}
