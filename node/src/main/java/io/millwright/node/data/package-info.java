/// `mw data`: looks at the history that a node keeps, takes it out and puts it in.
///
/// A folder that no process uses is read itself; a running node is asked over HTTP.
@NullMarked
package io.millwright.node.data;

import org.jspecify.annotations.NullMarked;
