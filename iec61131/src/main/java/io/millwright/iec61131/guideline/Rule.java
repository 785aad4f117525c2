package io.millwright.iec61131.guideline;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A rule of the PLCopen coding guidelines, by its number there.
public enum Rule {
    N1(true),
    N3(false),
    N5(true),
    N6(true),
    N8(true),
    N9(true),
    C3(true),
    CP2(true),
    CP3(false),
    CP4(true),
    CP6(true),
    CP8(true),
    CP9(true),
    CP10(true),
    CP13(true),
    CP14(false),
    CP16(true),
    CP17(true),
    CP20(true),
    CP24(true),
    CP26(true),
    CP28(true),
    L10(false),
    L12(true),
    L17(false);

    private final boolean usual;

    Rule(boolean usual) {
        this.usual = usual;
    }

    /// Whether it is held where nothing else is asked for.
    public boolean isUsual() {
        return usual;
    }

    /// The usual rules, with changes: `L17,-N6` adds one and leaves another out.
    ///
    /// @throws IllegalArgumentException naming a rule that there is not
    public static Set<Rule> chosen(String changes) {
        Set<Rule> rules = Arrays.stream(values())
                .filter(Rule::isUsual)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Rule.class)));
        for (String change : changes.split(",", -1)) {
            String name = change.strip();
            boolean less = name.startsWith("-");
            if (!name.isEmpty()) {
                Rule rule = of(less || name.startsWith("+") ? name.substring(1) : name);
                var _ = less ? rules.remove(rule) : rules.add(rule);
            }
        }
        return rules;
    }

    private static Rule of(String name) {
        for (Rule rule : values()) {
            if (rule.name().equals(name.strip().toUpperCase(Locale.ROOT))) {
                return rule;
            }
        }
        throw new IllegalArgumentException("there is no rule " + name + "; there are "
                + Arrays.stream(values()).map(Rule::name).collect(Collectors.joining(", ")));
    }
}
