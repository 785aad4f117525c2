package io.millwright.certificate.ports;

import io.millwright.certificate.Fraction;
import java.util.Optional;

/// What a port guarantees to the queue of a class, in bits on the wire.
///
/// @param service what is sent of it at least, since some earlier moment at which nothing of it waited (a
///     service curve)
/// @param shaper its credit-based shaper, where it has one
record Guarantee(Convex service, Optional<Shaper> shaper) {

    /// A credit-based shaper (802.1Q, 8.6.8.2).
    ///
    /// @param slope with which its credit rises while its gate is open
    /// @param top its credit is never above this
    /// @param debt nor further below zero
    /// @param earned what the slope gives within any span at the most
    record Shaper(Fraction slope, Fraction top, Fraction debt, Concave earned) {

        /// What the class sends within any span: what was earned, and the fall of the credit from top to
        /// bottom.
        Concave sent() {
            return earned.raised(top.plus(debt));
        }
    }

    /// A class that is sent before another one.
    ///
    /// @param arrivals what comes to its queue
    /// @param longest no frame is longer in the queue, until its time on the link is over
    record Above(int trafficClass, Concave arrivals, Fraction longest, Optional<Shaper> shaper) {

        /// What it sends within any span: what comes in it and as long before as a frame may wait, and no
        /// more than its shaper lets it.
        Concave sent() {
            var sent = arrivals.within(longest);
            return shaper.map(s -> sent.least(s.sent())).orElse(sent);
        }

        /// The same since a moment at which it had no frame that could have been sent: nothing waited, or its
        /// credit was not above zero.
        Concave sentSinceIdle() {
            return shaper.map(s -> arrivals.within(longest).least(Concave.of(s.debt(), s.slope())))
                    .orElse(arrivals);
        }
    }
}
