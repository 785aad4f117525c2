package io.millwright.model.plantfile;

import io.millwright.model.plantfile.PlantReader.Mention;
import io.millwright.model.plantfile.PlantReader.Point;
import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.text.Nearest;
import io.millwright.model.text.Phrase;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/// What can only be checked when the whole file has been read: that names exist and that points are right.
final class CrossCheck {

    private static final int NAMES_SHOWN = 8;
    private static final int NAMES_COMPARED = 5000;

    private final PlantReader reader;

    CrossCheck(PlantReader reader) {
        this.reader = reader;
    }

    /// Of a section that stands alone: names that belong to other sections are not known.
    void runWithout(Reference.Kind elsewhere) {
        reader.mentions().stream()
                .filter(mention -> !mention.reference().kinds().contains(elsewhere))
                .forEach(this::checkMention);
        checkStationsAndSwitches();
    }

    void run() {
        reader.mentions().forEach(this::checkMention);
        reader.points().forEach(this::checkPoint);
        checkWrittenOnce();
        checkStationsAndSwitches();
    }

    private void checkMention(Mention mention) {
        List<String> known = mention.reference().kinds().stream()
                .flatMap(kind -> reader.names(kind).keySet().stream())
                .limit(NAMES_COMPARED)
                .toList();
        boolean exists = mention.reference().kinds().stream()
                .anyMatch(kind -> reader.names(kind).containsKey(mention.name()));
        if (!exists) {
            String noun = mention.reference().noun();
            reader.report(
                    mention.place(), mention.node(), unknown(noun, mention.name()), meant(mention.name(), known, noun));
        }
    }

    /// There is nothing of this name.
    static Phrase unknown(String noun, String name) {
        return Phrase.of("unknown", "unknown {noun} \"{name}\"", "noun", new Phrase.Term(noun), "name", name);
    }

    private static Optional<Phrase> meant(String name, Collection<String> known, String noun) {
        if (known.isEmpty()) {
            return Optional.of(
                    Phrase.of("describes-no", "the file describes no {noun}", "noun", new Phrase.Term(noun)));
        }
        return Nearest.of(name, known)
                .map(Phrase::meant)
                .or(() -> Optional.of(Phrase.of(
                        "known",
                        "known: {names}",
                        "names",
                        String.join(", ", known.stream().limit(NAMES_SHOWN).toList())
                                + (known.size() > NAMES_SHOWN ? ", …" : ""))));
    }

    private void checkPoint(Point point) {
        String connection = point.address().connection();
        Map<String, Node> known = reader.names(Kind.CONNECTION);
        if (!known.containsKey(connection)) {
            List<String> compared =
                    known.keySet().stream().limit(NAMES_COMPARED).toList();
            reader.report(
                    point.node(),
                    unknown(Kind.CONNECTION.noun(), connection),
                    meant(connection, compared, Kind.CONNECTION.noun()));
            return;
        }
        reader.protocolOf(connection)
                .flatMap(protocol ->
                        reader.rules().checkPoint(protocol, point.address().point()))
                .ifPresent(message -> reader.report(point.node(), message, Optional.empty()));
    }

    private void checkWrittenOnce() {
        var writers = new HashMap<String, Point>();
        for (Point point : reader.points()) {
            if (!point.written()) {
                continue;
            }
            Point first = writers.putIfAbsent(point.address().toString(), point);
            if (first != null) {
                int line = first.node().getStartMark().map(Mark::getLine).orElse(0) + 1;
                reader.report(
                        point.node(),
                        "\"" + point.address() + "\" is already written by " + first.signal() + " in line " + line,
                        Optional.of("let one signal write it"));
            }
        }
    }

    private void checkStationsAndSwitches() {
        reader.names(Kind.STATION).forEach((name, node) -> {
            if (reader.names(Kind.SWITCH).containsKey(name)) {
                reader.report(
                        node,
                        Phrase.of("both-kinds", "\"{name}\" is both a switch and a station", "name", name),
                        Optional.of(Phrase.of("rename", "rename one of them")));
            }
        });
    }
}
