/// A tree of identifier nodes as the console shows it: what each node does, how a code is resolved across them, and
/// their records.
///
/// [NodeTree] knows the nodes and measures them once a second; [Journeys] resolves and tells every question on the way;
/// [RecordDesk] lists, reads and changes records by the protocol. Nothing here asks an address that a caller names:
/// only the nodes of the tree, and where the protocol leads from its root.
@NullMarked
package io.millwright.node.tree;

import org.jspecify.annotations.NullMarked;
