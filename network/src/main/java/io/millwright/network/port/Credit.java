package io.millwright.network.port;

import io.millwright.network.curve.ConcaveCurve;
import io.millwright.network.curve.ConvexCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;

/// The bounds of the credit of a class with a credit-based shaper.
///
/// @param slope the rate at which it rises while the gate of the class is open
/// @param most its upper bound
/// @param owed how far below zero it may be
/// @param leastEarned what the slope gives within any span at least
/// @param mostEarned what it gives at the most
record Credit(Rate slope, Data most, Data owed, ConvexCurve leastEarned, ConcaveCurve mostEarned) {

    /// A credit without a gate.
    static Credit ungated(Rate slope, Data most, Data owed) {
        return new Credit(
                slope,
                most,
                owed,
                ConvexCurve.of(new RateLatency(slope, Time.ZERO)),
                ConcaveCurve.of(new TokenBucket(Data.ZERO, slope)));
    }

    /// What the class sends at most: what the slope gave and the credit lost.
    ConcaveCurve sent() {
        return mostEarned.packetized(lost());
    }

    /// The same since a moment at which the credit was not above zero.
    TokenBucket sentSinceIdle() {
        return new TokenBucket(owed, slope);
    }

    /// The same, within time in which its gate is open.
    TokenBucket sentWhileOpen() {
        return new TokenBucket(lost(), slope);
    }

    private Data lost() {
        return most.plus(owed);
    }

    /// What the class can send at least: what the slope gives, less what the credit may keep.
    ClassService service() {
        return new ClassService(less(most), less(lost()));
    }

    private ConvexCurve less(Data kept) {
        return leastEarned
                .leftover(ConcaveCurve.of(new TokenBucket(kept, Rate.ZERO)))
                .orElseThrow();
    }
}
