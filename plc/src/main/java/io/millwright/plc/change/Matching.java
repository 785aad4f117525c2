package io.millwright.plc.change;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which variable of a declaration is which one of the declaration before: by its name; by the pragma `{was:
/// oldName}` directly before its name; or, as a guess, by its type and its place between others that are known.
final class Matching {
    /// The pragma, at the end of what stands before a name; others may follow it.
    private static final Pattern WAS =
            Pattern.compile("\\{\\s*was\\s*:\\s*(\\w+)\\s*}\\s*(?:\\{[^{}]*}\\s*)*$", Pattern.CASE_INSENSITIVE);

    /// What the compiler adds for charts is numbered in order: the number says nothing.
    private static final Pattern NUMBERED = Pattern.compile("~\\d+~");

    /// How much text before a name is looked at for the pragma.
    private static final int LOOKED_AT = 300;

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Variable> removed = new ArrayList<>();

    /// A variable of the new declaration and what it was.
    ///
    /// @param before null for one that is new
    record Pair(@Nullable Variable before, Variable after, How how) {}

    /// How a variable was recognised.
    enum How {
        NAME,
        PRAGMA,
        GUESS,
        NEW
    }

    /// @param before in order of declaration
    /// @param after in order of declaration
    Matching(List<Variable> before, List<Variable> after) {
        Map<String, Variable> known = keyed(before);
        Map<String, Variable> now = keyed(after);
        Map<Variable, Pair> found = new HashMap<>();
        Set<Variable> taken = new HashSet<>();
        now.forEach((key, variable) -> {
            Variable old = known.get(key);
            if (old != null) {
                found.put(variable, new Pair(old, variable, How.NAME));
                taken.add(old);
            }
        });
        for (Variable variable : after) {
            String was = found.containsKey(variable) ? null : was(variable);
            Variable old = was == null ? null : known.get(Name.key(was));
            if (old != null && taken.add(old)) {
                found.put(variable, new Pair(old, variable, How.PRAGMA));
            }
        }
        guess(before, after, found, taken);
        steps(known, now, found, taken);
        after.forEach(v -> pairs.add(found.getOrDefault(v, new Pair(null, v, How.NEW))));
        before.stream().filter(v -> !taken.contains(v)).forEach(removed::add);
    }

    /// A step that has another name has been active since the same time.
    private static void steps(
            Map<String, Variable> known, Map<String, Variable> now, Map<Variable, Pair> found, Set<Variable> taken) {
        for (Pair pair : List.copyOf(found.values())) {
            Variable step = pair.before();
            Variable old = step == null ? null : known.get(since(step));
            Variable fresh = now.get(since(pair.after()));
            if (old != null && fresh != null && !found.containsKey(fresh) && taken.add(old)) {
                found.put(fresh, new Pair(old, fresh, How.NAME));
            }
        }
    }

    private static String since(Variable step) {
        return Name.key("~" + step.name() + "~since");
    }

    /// Every variable of the new declaration, in its order.
    List<Pair> pairs() {
        return pairs;
    }

    /// What of the old declaration is nowhere in the new one, not even perhaps.
    List<Variable> removed() {
        return removed;
    }

    private static Map<String, Variable> keyed(List<Variable> variables) {
        Map<String, Variable> keyed = new HashMap<>();
        for (Variable variable : variables) {
            String name = NUMBERED.matcher(variable.name()).replaceFirst("~~");
            String key = Name.key(name);
            for (int again = 2; keyed.containsKey(key); again++) {
                key = Name.key(name) + "~" + again;
            }
            keyed.put(key, variable);
        }
        return keyed;
    }

    /// Whether the program text does not name the variable.
    static boolean isHidden(Variable variable) {
        return variable.name().startsWith("~");
    }

    /// The name that the pragma says it had; null where there is none.
    private static @Nullable String was(Variable variable) {
        Span span = variable.declared().known();
        String before = span.source().text().substring(Math.max(0, span.start() - LOOKED_AT), span.start());
        Matcher pragma = WAS.matcher(before);
        return before.stripTrailing().endsWith("}") && pragma.find() ? pragma.group(1) : null;
    }

    /// Between two variables that are known, as many new ones as old ones, each of the type of its counterpart.
    private static void guess(
            List<Variable> before, List<Variable> after, Map<Variable, Pair> found, Set<Variable> taken) {
        int from = 0;
        List<Variable> fresh = new ArrayList<>();
        for (int i = 0; i <= after.size(); i++) {
            Pair pair = i < after.size() ? found.get(after.get(i)) : null;
            if (pair == null && i < after.size()) {
                fresh.add(after.get(i));
                continue;
            }
            int to = pair == null ? before.size() : before.indexOf(pair.before());
            List<Variable> gone = new ArrayList<>();
            for (int j = from; j < to; j++) {
                if (!taken.contains(before.get(j))) {
                    gone.add(before.get(j));
                }
            }
            if (gone.size() == fresh.size()) {
                pair(gone, fresh, found, taken);
            }
            fresh.clear();
            from = Math.max(from, to + 1);
        }
    }

    private static void pair(
            List<Variable> gone, List<Variable> fresh, Map<Variable, Pair> found, Set<Variable> taken) {
        for (int i = 0; i < gone.size(); i++) {
            Variable old = gone.get(i);
            Variable now = fresh.get(i);
            boolean alike = old.role() == now.role()
                    && old.isConstant() == now.isConstant()
                    && !isHidden(old)
                    && !isHidden(now)
                    && Alike.types(old.type(), now.type());
            if (alike) {
                found.put(now, new Pair(old, now, How.GUESS));
                taken.add(old);
            }
        }
    }
}
