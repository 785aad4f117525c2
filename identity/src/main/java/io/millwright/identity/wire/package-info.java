/// Bytes read and written with bounds: what every codec of this module stands on. No I/O.
@NullMarked
package io.millwright.identity.wire;

import org.jspecify.annotations.NullMarked;
