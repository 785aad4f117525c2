package io.millwright.node.net;

import java.math.BigDecimal;

/// What is said of a bound that does not hold for every frame.
final class Likely {

    private Likely() {}

    /// @param late the probability that a frame is lost or late
    /// @param loss what its stream tolerates
    static String text(BigDecimal late, BigDecimal loss) {
        var told = late.compareTo(loss) <= 0
                ? "a loss of %s is tolerated".formatted(plain(loss))
                : "that is not enough for a loss of %s: a higher percentile of the radio links, or loss: %s"
                        .formatted(plain(loss), plain(late));
        var probability = BigDecimal.ONE.subtract(late).stripTrailingZeros().toPlainString();
        return ", for each frame with probability %s or more; %s".formatted(probability, told);
    }

    private static String plain(BigDecimal probability) {
        return probability.signum() == 0
                ? "0"
                : probability.stripTrailingZeros().toString();
    }
}
