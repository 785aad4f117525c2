/// Two PLCs of which one tells outputs: the other does the same scans and takes over when the first is gone.
///
/// Who may tell outputs is decided by a [Lease] and, when that ends, by a [Fence]; see decision 0048.
@NullMarked
package io.millwright.plc.standby;

import org.jspecify.annotations.NullMarked;
