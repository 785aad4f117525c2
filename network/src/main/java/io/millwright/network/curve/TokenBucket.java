package io.millwright.network.curve;

/// What a flow may send: in any span of length `t` above zero at most `burst + rate · t` (the affine curve γ of
/// Le Boudec and Thiran, section 1.3.1).
///
/// @param burst what may come at once; not negative
/// @param rate what may come in the long run; not negative
public record TokenBucket(Data burst, Rate rate) {

    /// A flow that sends nothing.
    public static final TokenBucket NOTHING = new TokenBucket(Data.ZERO, Rate.ZERO);

    public TokenBucket {
        if (burst.bits().upperSign() < 0 || rate.bitsPerSecond().upperSign() < 0) {
            throw new IllegalArgumentException("a token bucket with a negative burst or rate");
        }
    }

    /// What two flows may send together.
    public TokenBucket plus(TokenBucket other) {
        return new TokenBucket(burst.plus(other.burst), rate.plus(other.rate));
    }

    /// What leaves a server that delays by at most a latency what its rate does not (γ ⊘ β for a rate not below
    /// this one's).
    public TokenBucket after(Time latency) {
        return new TokenBucket(burst.plus(rate.during(latency)), rate);
    }

    /// The most that may come in a span that is above zero.
    public Data during(Time span) {
        return burst.plus(rate.during(span));
    }
}
