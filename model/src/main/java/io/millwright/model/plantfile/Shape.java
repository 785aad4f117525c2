package io.millwright.model.plantfile;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// What may stand at one place of a plant file. From it come the reader, the JSON Schema and the reference.
///
/// @param <T> what is read from it
sealed interface Shape<T>
        permits Notation, Whole, Decimal, Choice, Reference, ListOf, MapOf, ObjectOf, Brief, DelayShape {

    /// Reads a value, reporting everything wrong with it.
    ///
    /// @param node the value
    /// @param owner what to point at when something is missing: the key of the value
    /// @return the value; null when it is wrong, and then it has been reported
    @Nullable
    T read(Node node, Node owner, PlantReader reader);

    /// The JSON Schema of such values, in the order in which keys are to be written.
    Map<String, Object> schema(ProtocolRules rules);

    /// What it is called in messages and in the reference, with an article, e.g. `a duration`.
    String what();
}
