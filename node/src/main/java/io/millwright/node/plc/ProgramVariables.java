package io.millwright.node.plc;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Variable;
import io.millwright.plc.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The variables of a program by their paths.
public final class ProgramVariables {
    /// How many are listed at once.
    public static final int MOST = 10_000;

    private ProgramVariables() {}

    /// The variables of elementary types beneath a path, or all; at most [#MOST].
    public static List<Slot> under(Loaded loaded, String path) {
        return under(loaded, path, MOST);
    }

    /// The same, at most so many.
    static List<Slot> under(Loaded loaded, String path, int most) {
        String prefix = path.toUpperCase(Locale.ROOT);
        List<Slot> found = new ArrayList<>();
        for (Variable global : loaded.program().globals()) {
            String name = global.name().toUpperCase(Locale.ROOT);
            boolean near = prefix.isEmpty()
                    || prefix.equals(name)
                    || prefix.startsWith(name + ".")
                    || prefix.startsWith(name + "[");
            if (near && !name.startsWith("~")) {
                loaded.run().slots(global).stream()
                        .filter(s -> isWithin(s.name().toUpperCase(Locale.ROOT), prefix))
                        .limit((long) most - found.size())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isWithin(String path, String prefix) {
        boolean begins = path.startsWith(prefix);
        return begins
                && (prefix.isEmpty()
                        || path.length() == prefix.length()
                        || ".[".indexOf(path.charAt(prefix.length())) >= 0);
    }
}
