package io.millwright.plc.change;

import io.millwright.iec61131.syntax.Name;
import java.util.Collection;
import java.util.regex.Pattern;

/// What consent was given to: a subject, all within it, or with `*` everything. Elements of an array are given
/// consent to together.
final class Subjects {
    private static final Pattern INDICES = Pattern.compile("\\[[^\\]]*\\]");

    private Subjects() {}

    static boolean covers(Collection<String> accepted, String subject) {
        String wanted = key(subject);
        return accepted.stream()
                .map(Subjects::key)
                .anyMatch(a -> a.equals("*")
                        || wanted.equals(a)
                        || wanted.startsWith(a) && ".[".indexOf(wanted.charAt(a.length())) >= 0);
    }

    /// The subject without what tells elements of one array apart.
    static String key(String subject) {
        return INDICES.matcher(Name.key(subject)).replaceAll("[*]");
    }
}
