/// `mw id`: identifiers on the command line.
@NullMarked
package io.millwright.node.id;

import org.jspecify.annotations.NullMarked;
