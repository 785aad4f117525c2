/// Composition: what makes the modules one program.
///
/// [Mw] is the command line; [PlantNode] is a running plant: links, historian, identifier node and HTTP API, wired
/// from one plant file. `command` holds one class for each command, `api` the HTTP interface.
@NullMarked
package io.millwright.node;

import org.jspecify.annotations.NullMarked;
