package io.millwright.process.equations;

import java.util.SplittableRandom;

/// Gaussian noise from a seed: the same seed, the same noise.
public final class Noise {

    private final SplittableRandom random;

    public Noise(long seed) {
        random = new SplittableRandom(seed);
    }

    /// The next number from a normal distribution about zero.
    public double gaussian(double standardDeviation) {
        return random.nextGaussian() * standardDeviation;
    }
}
