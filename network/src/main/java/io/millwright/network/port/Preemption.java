package io.millwright.network.port;

import io.millwright.network.curve.Data;
import java.util.Set;

/// Frame preemption (IEEE 802.3-2022, clause 99; 802.1Q-2022, 6.7.2): frames of some classes may be interrupted
/// for frames of all others.
///
/// A frame is interrupted only after `64 · (1 + fragment) − 4` octets of it have been sent since it began or
/// went on, and only if at least 64 octets remain. So `123 + 64 · fragment` octets at the most are sent in one
/// piece that cannot be interrupted, and with preamble (8 octets) and gap (12) 20 more. Each interruption costs
/// a checksum (4 octets), a gap (12) and a preamble (8).
///
/// @param preemptable the classes that may be interrupted; none where there is no preemption
/// @param fragment `addFragSize`: how many times 64 octets the least fragment is longer than 64 octets, 0 to 3
public record Preemption(Set<Integer> preemptable, int fragment) {

    /// No preemption.
    public static final Preemption NONE = new Preemption(Set.of(), 0);

    /// What one interruption costs on the wire.
    static final Data CUT = Data.of(8 * (4 + 12 + 8));

    private static final int LARGEST_FRAGMENT = 3;
    private static final int STEP_OCTETS = 64;
    private static final int WHOLE_OCTETS = 60 + 63 + 8 + 12;

    public Preemption {
        if (fragment < 0 || fragment > LARGEST_FRAGMENT) {
            throw new IllegalArgumentException("addFragSize is 0 to 3, not " + fragment);
        }
        preemptable = Set.copyOf(preemptable);
    }

    /// Whether frames of a class may be interrupted.
    boolean cuts(int trafficClass) {
        return preemptable.contains(trafficClass);
    }

    /// The longest piece of preemptable frames that is sent without interruption, on the wire.
    Data longestPiece() {
        return Data.of(8L * (WHOLE_OCTETS + STEP_OCTETS * fragment));
    }
}
