/// The solver library and whether it is there. What needs it asks [OrTools] first and does without where it is
/// not.
@NullMarked
package io.millwright.network.solver;

import org.jspecify.annotations.NullMarked;
