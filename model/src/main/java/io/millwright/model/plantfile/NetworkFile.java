package io.millwright.model.plantfile;

import io.millwright.model.Connection;
import io.millwright.model.Network;
import io.millwright.model.plantfile.Reference.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Reads what stands under `network` in a plant file, by itself: in YAML or JSON, which is YAML too.
public final class NetworkFile {

    private NetworkFile() {}

    /// What reading leads to: a network, or everything that is wrong with it.
    public sealed interface Result {}

    /// A text without mistakes. Whether the connections that stations carry exist is not known here.
    ///
    /// @param network what it describes
    public record Right(Network network) implements Result {}

    /// A text with mistakes.
    ///
    /// @param problems as of [PlantFile.Wrong]
    public record Wrong(List<Problem> problems) implements Result {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /// Reads the text.
    ///
    /// @param name what the problems call it
    public static Result read(String text, String name) {
        return switch (YamlTree.compose(text, name)) {
            case YamlTree.Result.Malformed(Problem problem) -> new Wrong(List.of(problem));
            case YamlTree.Result.Composed(var root) -> {
                var reader = new PlantReader(name, new NoProtocols());
                Network network = PlantShape.NETWORK.shape().read(root, root, reader);
                new CrossCheck(reader).runWithout(Kind.CONNECTION);
                List<Problem> problems = reader.problems();
                yield problems.isEmpty() ? new Right(Objects.requireNonNull(network)) : new Wrong(problems);
            }
        };
    }

    /// In this section no protocol is named.
    private static final class NoProtocols implements ProtocolRules {
        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public List<Complaint> check(Connection connection) {
            return List.of();
        }

        @Override
        public Optional<String> checkPoint(String protocol, String point) {
            return Optional.empty();
        }
    }
}
