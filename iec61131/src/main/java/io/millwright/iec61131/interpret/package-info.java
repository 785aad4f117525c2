/// The back end that walks the intermediate form: plain rather than fast, to compare the compiled code with.
///
/// Every variable is a [Cell]. Whole numbers, times and characters are `Long` as
/// [io.millwright.iec61131.library.Whole] says, BOOL is `Boolean`, REAL and LREAL are `Double`, texts
/// [io.millwright.iec61131.machine.Text]; arrays are [Elements], structures and instances [Instance]. A REF_TO
/// an aggregate is the aggregate, any other reference a [CellPointer].
@NullMarked
package io.millwright.iec61131.interpret;

import org.jspecify.annotations.NullMarked;
