package io.millwright.node.net;

import io.millwright.model.plantfile.Problem;
import io.millwright.model.text.Phrase;
import io.millwright.node.net.NetworkPlan.MessageView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What is wrong with a network that somebody draws, for people and for who says it in another language.
public final class DraftMistakes {

    private static final int SHOWN = 10;

    private DraftMistakes() {}

    /// All of it; the first ten are told, each on a line.
    public static MessageView of(List<Problem> problems) {
        var shown = problems.stream().limit(SHOWN).map(DraftMistakes::line).toList();
        return new MessageView(
                shown.stream().map(Phrase::toString).collect(Collectors.joining("\n")),
                "mistakes",
                Map.of(
                        "lines",
                        Map.of("lines", shown.stream().map(DraftMistakes::json).toList())));
    }

    private static Phrase line(Problem problem) {
        Object place = problem.place()
                .<Object>map(p -> Phrase.of(
                        p.key().isEmpty() ? "at" : "at-key",
                        p.key().isEmpty() ? "{kind} {name}: " : "{kind} {name}, {key}: ",
                        "kind",
                        new Phrase.Term(p.kind()),
                        "name",
                        p.name(),
                        "key",
                        new Phrase.Term(p.key())))
                .orElse("");
        Object remedy = problem.remedy()
                .<Object>map(r -> Phrase.of("remedy", "; {what}", "what", r))
                .orElse("");
        return Phrase.of("mistake", "{place}{what}{remedy}", "place", place, "what", problem.what(), "remedy", remedy);
    }

    /// A phrase as `text`, `code` and `arguments`; a term as `{"term": "a duration"}`.
    private static Map<String, Object> json(Phrase phrase) {
        var arguments = new LinkedHashMap<String, Object>();
        phrase.arguments().forEach((name, argument) -> arguments.put(name, value(argument)));
        return Map.of("text", phrase.toString(), "code", phrase.code(), "arguments", arguments);
    }

    private static Object value(Object argument) {
        return switch (argument) {
            case Phrase phrase -> json(phrase);
            case Phrase.Term(var english) -> Map.of("term", english);
            default -> argument;
        };
    }
}
