package io.millwright.certificate.schedule;

import io.millwright.certificate.Violation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a schedule has to keep. The names are those of `docs/reference/network-verify.md`.
enum Rule {
    ROUTE,
    QUEUE,
    GATE,
    OFFSET,
    STEADY,
    ORDER,
    ISOLATION,
    WINDOW,
    COLLISION,
    DEADLINE,
    JITTER,
    DELAY,
    APART,
    RECOVERY,
    BUFFER,
    ENTRIES,
    MIN_GATE,
    TICK,
    CYCLE;

    /// A violation of this rule.
    Violation at(Map<String, String> where, String what) {
        return new Violation(name().toLowerCase(Locale.ROOT).replace('_', '-'), where, what);
    }

    /// A place, from words and what they name.
    static Map<String, String> where(Object... wordsAndNames) {
        var where = new LinkedHashMap<String, String>();
        for (int i = 0; i < wordsAndNames.length; i += 2) {
            where.put(wordsAndNames[i].toString(), wordsAndNames[i + 1].toString());
        }
        return where;
    }
}
