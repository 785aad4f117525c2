package io.millwright.iec61131;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.Tokens;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Sound programs with one mistake put in at random: what comes of the mistake is not reported once more.
class OneMistakeTest {
    private static List<Source> programs() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(OneMistakeTest.class.getResource("corpus"))
                .toURI());
        List<Source> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                all.add(new Source(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return all;
    }

    private static List<Diagnostic> errors(String name, String text) {
        return Compiler.compile(List.of(new Source(name, text)), Dialect.COMMON).diagnostics().stream()
                .filter(Diagnostic::isError)
                .toList();
    }

    private static String with(Source source, Span place, String text) {
        return source.text().substring(0, place.start()) + text + source.text().substring(place.end());
    }

    @Test
    void aTypeThatIsNotThereIsOneError() throws IOException, URISyntaxException {
        List<Source> programs = programs();
        Property.check(150, random -> {
            Source source = programs.get(random.nextInt(programs.size()));
            List<Span> types = new ArrayList<>();
            Parser.parse(source, Dialect.COMMON, new Diagnostics())
                    .declarations()
                    .forEach(d -> types(d, types));
            assertFalse(types.isEmpty(), source::name);
            Span type = types.get(random.nextInt(types.size()));
            List<Diagnostic> errors = errors(source.name(), with(source, type, " NoSuchType "));
            assertEquals(1, errors.size(), () -> type + ": " + errors);
            assertEquals(type.line(), errors.getFirst().span().line());
        });
    }

    // A word that is missing may change what the rest means, so that a few texts have two mistakes, or more.
    @Test
    void aMissingTokenIsHardlyMoreThanOneError() throws IOException, URISyntaxException {
        List<Source> programs = programs();
        Property.check(1, random -> {
            List<Integer> counts = new ArrayList<>();
            while (counts.size() < 400) {
                int count = withoutOneToken(programs.get(random.nextInt(programs.size())), random);
                if (count > 0) {
                    counts.add(count);
                }
            }
            counts.sort(null);
            double average = counts.stream().mapToInt(count -> count).average().orElseThrow();
            assertEquals(1, counts.get(counts.size() / 2));
            assertTrue(counts.get(counts.size() * 95 / 100) <= 2, counts::toString);
            assertTrue(average < 1.3, () -> "errors for a missing token on average: " + average);
        });
    }

    private static int withoutOneToken(Source source, SplittableRandom random) {
        Tokens tokens = Parser.tokens(source, Dialect.COMMON, new Diagnostics());
        int index = random.nextInt(tokens.count() - 1);
        return errors(source.name(), with(source, source.span(tokens.start(index), tokens.end(index)), ""))
                .size();
    }

    /// Where types are written that something else is declared by. The values of an enumeration are names of
    /// their own.
    private static void types(Declaration declaration, List<Span> into) {
        switch (declaration) {
            case Declaration.Unit unit -> {
                type(unit.result(), into);
                unit.variables().forEach(b -> types(b, into));
                unit.properties().forEach(p -> type(p.type(), into));
                unit.methods().forEach(m -> {
                    type(m.result(), into);
                    m.variables().forEach(b -> types(b, into));
                });
            }
            case Declaration.DataType named -> type(named.type(), into);
            case Declaration.Globals globals -> types(globals.block(), into);
            case Declaration.Interface face -> face.methods().forEach(m -> type(m.result(), into));
            case Declaration.Namespace namespace -> namespace.declarations().forEach(d -> types(d, into));
            case Declaration.Configuration _ -> {}
        }
    }

    private static void types(VariableBlock block, List<Span> into) {
        block.variables().forEach(v -> type(v.type(), into));
    }

    private static void type(@Nullable TypeSyntax type, List<Span> into) {
        switch (type) {
            case null -> {}
            case TypeSyntax.Enumeration _ -> {}
            case TypeSyntax.Structure structure -> structure.fields().forEach(f -> type(f.type(), into));
            case TypeSyntax.Array array -> {
                into.add(array.span());
                type(array.element(), into);
            }
            default -> into.add(type.span());
        }
    }
}
