/// A running plant: everything that one plant file sets going in one process.
///
/// The data flows device → [PlantLinks] → [Intake] → historian → live subscribers. [PlantRuntime] opens and closes
/// all of it and answers what its state is.
@NullMarked
package io.millwright.node.runtime;

import org.jspecify.annotations.NullMarked;
