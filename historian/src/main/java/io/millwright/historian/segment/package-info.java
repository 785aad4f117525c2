/// Segments: finished, sorted, immutable files of samples in the Apache TsFile format, each with a catalog that
/// says what is in it and proves that it is intact.
@NullMarked
package io.millwright.historian.segment;

import org.jspecify.annotations.NullMarked;
