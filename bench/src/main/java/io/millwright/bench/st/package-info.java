/// `mw bench st`: the same algorithms compiled by Millwright, written in C by hand, and compiled by matiec,
/// side by side.
@NullMarked
package io.millwright.bench.st;

import org.jspecify.annotations.NullMarked;
