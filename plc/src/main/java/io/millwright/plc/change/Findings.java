package io.millwright.plc.change;

import io.millwright.model.Told;
import io.millwright.plc.change.Finding.Kind;
import io.millwright.plc.change.Finding.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects findings; of those that say the same of many elements of arrays it keeps the gravest.
final class Findings {
    private final Map<String, Finding> found = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    void add(Kind kind, Need need, String subject, String before, String after, String present, Told told) {
        String key = kind + " " + Subjects.key(subject);
        var finding = new Finding(kind, need, subject, before, after, present, told);
        counts.merge(key, 1, Integer::sum);
        found.merge(key, finding, (a, b) -> b.need().compareTo(a.need()) > 0 ? b : a);
    }

    void note(Kind kind, String subject, String before, String after, Told told) {
        add(kind, Need.NOTE, subject, before, after, "", told);
    }

    void warn(Kind kind, String subject, String before, String after, Told told) {
        add(kind, Need.WARNING, subject, before, after, "", told);
    }

    void ask(Kind kind, String subject, String before, String after, String present, Told told) {
        add(kind, Need.CONSENT, subject, before, after, present, told);
    }

    List<Finding> list() {
        List<Finding> all = new ArrayList<>();
        found.forEach((key, f) -> {
            int others = counts.getOrDefault(key, 1) - 1;
            all.add(
                    others == 0
                            ? f
                            : new Finding(
                                    f.kind(),
                                    f.need(),
                                    f.subject(),
                                    f.before(),
                                    f.after(),
                                    f.present(),
                                    f.told().others(others)));
        });
        return all;
    }
}
