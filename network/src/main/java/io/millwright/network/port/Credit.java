package io.millwright.network.port;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.Rate;
import io.millwright.network.curve.TokenBucket;

/// The bounds of the credit of a class with a credit-based shaper.
///
/// @param idleSlope the rate at which it rises
/// @param most its upper bound
/// @param owed how far below zero it may be
record Credit(Rate idleSlope, Data most, Data owed) {

    /// What the class sends at most: while it sends the credit falls with the rest of the link's rate,
    /// otherwise it rises at most with the idle slope, so what was sent is what the idle slope gave and the
    /// credit lost.
    TokenBucket sent() {
        return new TokenBucket(most.plus(owed), idleSlope);
    }
}
