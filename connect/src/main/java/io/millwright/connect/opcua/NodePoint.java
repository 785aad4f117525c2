package io.millwright.connect.opcua;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/// A node's value, or a part of it: a NodeId in the standard's notation (OPC 10000-6, 5.1.12), e.g.
/// `ns=2;s=Tank1.Inflow`, `i=2258` or `nsu=http://example.org/plant;s=Tank1.Inflow`, and, for one element of an array,
/// `@[3]` behind it (counted from 0).
///
/// @param id the node, by index or by URI of its namespace
/// @param element the element as a NumericRange (OPC 10000-4, 7.27), empty for the whole value
record NodePoint(ExpandedNodeId id, String element) {

    private static final Pattern FORM = Pattern.compile(
            "((?:nsu=[^;]+;|ns=\\d{1,5};)?[isgb]=.+?)(?:@\\[(\\d{1,9}(?:,\\d{1,9}){0,3})])?", Pattern.DOTALL);

    /// Reads the notation.
    ///
    /// @throws IllegalArgumentException if it is wrong; the message says what would be right
    static NodePoint parse(String text) {
        Matcher m = FORM.matcher(text);
        if (m.matches()) {
            try {
                return new NodePoint(ExpandedNodeId.parse(m.group(1)), m.group(2) == null ? "" : m.group(2));
            } catch (UaRuntimeException e) {
                // Reported below.
            }
        }
        throw new IllegalArgumentException("\"" + text
                + "\" is not a node; write a NodeId, e.g. ns=2;s=Tank1.Inflow, i=2258 or nsu=urn:plant;s=Tank1.Inflow");
    }

    /// The node by the namespace indexes of one server.
    NodeId in(NamespaceTable namespaces) throws LinkException {
        return id.toNodeId(namespaces)
                .orElseThrow(() -> new LinkException(
                        Quality.BAD_NODE_ID_UNKNOWN,
                        Told.of("opcua-no-namespace", "the server knows no namespace {namespace}; it has {namespaces}")
                                .with("namespace", id.getNamespaceUri())
                                .with("namespaces", String.join(", ", namespaces.toArray()))));
    }
}
