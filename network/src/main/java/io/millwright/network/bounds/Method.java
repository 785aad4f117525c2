package io.millwright.network.bounds;

import java.util.Arrays;
import java.util.Optional;

/// A way to bound delays.
public enum Method {
    /// Total flow analysis: at each server, how long it can be busy without a pause (Le Boudec and Thiran,
    /// section 1.3.2); alone, a flow waits for itself only.
    ARBITRARY_TFA("arbitrary.tfa"),
    /// Separate flow analysis: the convolution of what is left at each server.
    ARBITRARY_SFA("arbitrary.sfa"),
    /// Pay multiplexing only once: what is left of the whole way at once (Schmitt, Zdarsky, Martinovic 2008).
    ARBITRARY_PMOO("arbitrary.pmoo"),
    /// Tandem matching: the best way to cut the flow's way into stretches (Bondorf, Nikolaus, Schmitt 2017).
    ARBITRARY_TMA("arbitrary.tma"),
    /// Total flow analysis of servers in order of arrival.
    FIFO_TFA("fifo.tfa"),
    /// Separate flow analysis of servers in order of arrival; servers passed by the same flows are taken as
    /// one.
    FIFO_SFA("fifo.sfa"),
    /// Nested tandems of servers in order of arrival, with free parameters searched (Lenzini, Martorini,
    /// Mingozzi, Stea 2006; Bisti, Lenzini, Mingozzi, Stea 2008).
    FIFO_LUDB("fifo.ludb"),
    /// A linear program for servers in order of arrival, of polynomial size (Bouillard 2022). Only where the
    /// solver's native library is there.
    FIFO_LP("fifo.lp");

    private final String key;

    Method(String key) {
        this.key = key;
    }

    /// How files and options name it.
    public String key() {
        return key;
    }

    /// Whether its bounds hold only where servers serve in order of arrival. All others hold there too.
    public boolean isInOrder() {
        return key.startsWith("fifo");
    }

    /// The method of a name.
    public static Optional<Method> of(String key) {
        return Arrays.stream(values()).filter(m -> m.key.equals(key)).findFirst();
    }
}
