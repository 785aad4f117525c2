/// Curves of network calculus (J.-Y. Le Boudec and P. Thiran, Network Calculus, Springer LNCS 2050, 2001) as
/// immutable values.
///
/// What a flow sends is bounded by a [ConcaveCurve], the minimum of [TokenBucket]s; what a server guarantees by
/// a [ConvexCurve], the maximum of [RateLatency] curves. A [Rate] times a [Time] is [Data]; nothing is a bare
/// number. Operations are exact where their curves are given by rationals, and enclose the exact result
/// otherwise.
///
/// ```java
/// var camera = new TokenBucket(Data.of(12_000), Rate.of(1_000_000));
/// var port = new RateLatency(Rate.of(100_000_000), Time.of(Rational.of(1, 100_000)));
/// var delay = ConvexCurve.of(port).delay(ConcaveCurve.of(camera)); // 0.00013 s
/// ```
@NullMarked
package io.millwright.network.curve;

import org.jspecify.annotations.NullMarked;
