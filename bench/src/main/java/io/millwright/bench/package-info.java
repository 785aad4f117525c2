/// Benchmarks that a user runs with `mw bench NAME`. Each states the machine, the figure, and what it is compared
/// to, measured side by side in the same run; what is compared is a ratio, not a number that a slower machine would
/// miss.
@NullMarked
package io.millwright.bench;

import org.jspecify.annotations.NullMarked;
