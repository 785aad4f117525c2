/// The language server of Structured Text, `mw st lsp` (Language Server Protocol 3.17).
///
/// [StServer] speaks with the editor; [Workspace] holds the texts and checks them when they have changed;
/// [Analysis] answers questions about one state of them.
@NullMarked
package io.millwright.node.st.lsp;

import org.jspecify.annotations.NullMarked;
