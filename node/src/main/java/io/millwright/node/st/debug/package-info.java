/// The debugger of Structured Text: a debug adapter on the interpreter, which tells what is reached.
@NullMarked
package io.millwright.node.st.debug;

import org.jspecify.annotations.NullMarked;
