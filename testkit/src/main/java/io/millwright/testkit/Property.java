package io.millwright.testkit;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/// Runs a property many times, each with a random generator of its own seed.
///
/// The seeds follow from the name of the test, and go on where it checks again: what failed fails again, and a change
/// is
/// judged by what the run before it saw. `-Dmw.seeds=new` draws others. When a run fails, the error names its seed;
/// `-Dmw.seed=…` replays that run alone.
public final class Property {

    private static final Map<String, SplittableRandom> SEEDS = new ConcurrentHashMap<>();

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
        SplittableRandom seeds = seeds();
        for (int run = 0; run < runs; run++) {
            checkOnce(seeds.nextLong(), property);
        }
    }

    /// The seed of a test that draws all it needs from one; chosen as those of [#check] are.
    public static long seed() {
        String replay = System.getProperty("mw.seed");
        return replay == null ? seeds().nextLong() : Long.decode(replay);
    }

    private static SplittableRandom seeds() {
        if ("new".equals(System.getProperty("mw.seeds"))) {
            return new SplittableRandom();
        }
        StackWalker.StackFrame test = StackWalker.getInstance()
                .walk(frames -> frames.skip(2).findFirst().orElseThrow());
        String name = test.getClassName() + '#' + test.getMethodName();
        return SEEDS.computeIfAbsent(name, n -> new SplittableRandom(n.hashCode()));
    }

    private static void checkOnce(long seed, Check property) {
        try {
            property.holds(new SplittableRandom(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed %d (replay with -Dmw.seed=%d): %s".formatted(seed, seed, e), e);
        }
    }
}
