/// The types of IEC 61131-3 (6.4) after names are resolved, and what a variable is.
@NullMarked
package io.millwright.iec61131.type;

import org.jspecify.annotations.NullMarked;
