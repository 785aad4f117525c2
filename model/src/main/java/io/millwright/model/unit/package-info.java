/// The Unified Code for Units of Measure (UCUM, version 2.2), case-sensitive form.
///
/// [Ucum#parse] reads a code into its [Meaning]: a [Dimension] over the seven base units and a [Scale] that turns
/// values into those base units and back. The atoms that codes are built from are data: `atoms.txt` beside this
/// package. What people write instead of a code (`m³/h`, `°C`, `kWh`) is never accepted, because a code means the same
/// to every machine; but the error names the right code.
@NullMarked
package io.millwright.model.unit;

import org.jspecify.annotations.NullMarked;
