/// Bounds of delays at the ports of bridges: what each queue is claimed to delay is held against what comes
/// to it and what its port leaves it, by the rules of IEEE 802.1Q, in exact fractions.
@NullMarked
package io.millwright.certificate.ports;

import org.jspecify.annotations.NullMarked;
