package io.millwright.testkit;

import java.util.SplittableRandom;

/// Runs a property many times, each with a random generator of its own seed.
///
/// When a run fails, the error names the seed; `-Dmw.seed=…` replays that run alone. Without it the first seed is
/// drawn from the wall clock and printed by the failure only.
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
        if (replay != null) {
            checkOnce(Long.decode(replay), property);
            return;
        }
        var seeds = new SplittableRandom();
        for (int run = 0; run < runs; run++) {
            checkOnce(seeds.nextLong(), property);
        }
    }

    private static void checkOnce(long seed, Check property) {
        try {
            property.holds(new SplittableRandom(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed %d (replay with -Dmw.seed=%d): %s".formatted(seed, seed, e), e);
        }
    }
}
