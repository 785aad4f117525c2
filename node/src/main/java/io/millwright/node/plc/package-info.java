/// The virtual PLC of a node: its project from a plant file, its threads, what is watched and forced, and its
/// commands.
@NullMarked
package io.millwright.node.plc;

import org.jspecify.annotations.NullMarked;
