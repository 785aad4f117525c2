/// `mw net`: the deterministic network on the command line.
@NullMarked
package io.millwright.node.net;

import org.jspecify.annotations.NullMarked;
