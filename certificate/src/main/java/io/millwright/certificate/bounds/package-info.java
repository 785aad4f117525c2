/// Bounds of delays: a trace of curve operations is done again, each from what the ones before it proved, in exact
/// fractions.
@NullMarked
package io.millwright.certificate.bounds;

import org.jspecify.annotations.NullMarked;
