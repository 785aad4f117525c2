package io.millwright.node.net;

import io.millwright.certificate.Violation;
import io.millwright.node.net.NetworkPlan.MessageView;
import java.util.Map;

/// What the checker says, for who says it in another language: by the rule that is broken, and the place.
final class CheckerWords {

    private CheckerWords() {}

    /// A violation: its code is that of the rule, and each word of the place a part with a code of its own.
    static MessageView of(Violation violation) {
        var place = violation.where().entrySet().stream()
                .map(e -> Map.<String, Object>of(
                        "code",
                        "where-" + e.getKey(),
                        "arguments",
                        Map.of("name", e.getKey().equals("time") ? nanos(e.getValue()) : e.getValue())))
                .toList();
        return new MessageView(
                violation.toString(),
                "violation-" + violation.rule(),
                Map.of("where", Map.of("some", place, "more", 0), "what", violation.what()));
    }

    private static Object nanos(String time) {
        return Map.of("nanos", Long.parseLong(time));
    }

    /// The plan cannot be checked.
    static MessageView refused(String why) {
        return new MessageView(why, "checker-refused", Map.of("why", why));
    }
}
