package io.millwright.connect;

import io.millwright.connect.Protocol.Problem;
import io.millwright.model.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the settings of one connection. A wrong one is noted, all are found in one pass, and the usual value stands
/// in for it.
public final class Settings {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min)");

    private final Connection connection;
    private final List<Problem> problems = new ArrayList<>();

    public Settings(Connection connection) {
        this.connection = connection;
    }

    /// A whole number.
    ///
    /// @param usual what holds when the setting is absent
    public int integer(String key, int min, int max, int usual) {
        Optional<String> text = connection.setting(key);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int value = Integer.parseInt(text.get().strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with a number out of range.
        }
        problem(key, "\"" + text.get() + "\" is not a whole number from " + min + " to " + max);
        return usual;
    }

    /// A duration such as `500ms`, `2s` or `1min`.
    public Duration duration(String key, Duration min, Duration max, Duration usual) {
        Optional<String> text = connection.setting(key);
        if (text.isEmpty()) {
            return usual;
        }
        Matcher m = DURATION.matcher(text.get().strip());
        if (m.matches()) {
            long count = Long.parseLong(m.group(1));
            Duration value = switch (m.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                default -> Duration.ofMinutes(count);
            };
            if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
                return value;
            }
        }
        problem(
                key,
                "\"" + text.get() + "\" is not a duration from " + min.toMillis() + "ms to " + max.toMillis()
                        + "ms; write e.g. " + usual.toMillis() + "ms");
        return usual;
    }

    /// One of several words, in any case.
    ///
    /// @return the word as it stands in `words`
    public String choice(String key, List<String> words, String usual) {
        Optional<String> text = connection.setting(key);
        if (text.isEmpty()) {
            return usual;
        }
        String wanted = text.get().strip().toLowerCase(Locale.ROOT);
        for (String word : words) {
            if (word.toLowerCase(Locale.ROOT).equals(wanted)) {
                return word;
            }
        }
        problem(key, "\"" + text.get() + "\" is not one of " + String.join(", ", words));
        return usual;
    }

    /// Notes every setting that is none of these.
    public void allow(Set<String> keys) {
        for (String key : new TreeSet<>(connection.settings().keySet())) {
            if (!keys.contains(key)) {
                problem(key, "there is no such setting; there are " + String.join(", ", new TreeSet<>(keys)));
            }
        }
    }

    /// Notes a mistake.
    public void problem(String setting, String message) {
        problems.add(new Problem(setting, message));
    }

    /// The mistakes found so far.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
