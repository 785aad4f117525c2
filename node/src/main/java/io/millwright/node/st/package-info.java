/// `mw st`: Structured Text on the command line.
@NullMarked
package io.millwright.node.st;

import org.jspecify.annotations.NullMarked;
