/// Pages about a program, made from its declarations and comments (`mw st doc`).
///
/// [Topics] finds what there is to tell, [Relations] who uses whom, [Pages] writes it as HTML that needs no
/// network.
@NullMarked
package io.millwright.node.st.doc;

import org.jspecify.annotations.NullMarked;
