package io.millwright.certificate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// One thing that is not as claimed.
///
/// @param rule the name of the rule that is broken, as its reference page lists it
/// @param where the place in the words of the field, in the order in which they are said: stream, frame, link,
///     time
/// @param what what is wrong, with what would be right
public record Violation(String rule, Map<String, String> where, String what) {

    public Violation {
        where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
    }

    @Override
    public String toString() {
        var place = where.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? rule + ": " + what : rule + ": " + place + ": " + what;
    }
}
