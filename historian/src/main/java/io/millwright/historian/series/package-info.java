/// Samples of one signal in order of source time, from any place they are kept in, and what is computed from them.
@NullMarked
package io.millwright.historian.series;

import org.jspecify.annotations.NullMarked;
