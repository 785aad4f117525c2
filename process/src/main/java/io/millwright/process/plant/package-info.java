/// The demonstration plant: the equations put together into a tank cell, a pump set and a panel of meters, with their
/// faults, as points that servers offer.
@NullMarked
package io.millwright.process.plant;

import org.jspecify.annotations.NullMarked;
