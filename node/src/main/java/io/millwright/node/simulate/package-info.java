/// Virtual commissioning: control logic and process models in one time, which is virtual or that of the clock.
@NullMarked
package io.millwright.node.simulate;

import org.jspecify.annotations.NullMarked;
