/// Resolution, side by side: Millwright's nodes and the peers named, each a process of its own, all asked by the same
/// load.
@NullMarked
package io.millwright.bench.identity;

import org.jspecify.annotations.NullMarked;
