/// Source text and what is said about it: places, and diagnostics with the line they speak of.
@NullMarked
package io.millwright.iec61131.source;

import org.jspecify.annotations.NullMarked;
