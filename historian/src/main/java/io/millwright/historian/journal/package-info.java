/// The journal: what is acknowledged is in it, forced to the disk, until a segment holds it.
@NullMarked
package io.millwright.historian.journal;

import org.jspecify.annotations.NullMarked;
