package io.millwright.node.st;

import io.millwright.iec61131.Run;
import io.millwright.iec61131.VariablePath;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Variable;
import io.millwright.model.text.Nearest;
import io.millwright.node.command.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the variables that options of the command line name: of an instance, then globals, then the process image.
///
/// @param instance of a program
record Named(Run run, Variable instance) {
    /// A setting as it is written, `NAME=VALUE`.
    record Given(String name, String value) {
        /// @throws UsageError if it is not written so
        static Given of(String option, String setting) {
            int at = setting.indexOf('=');
            if (at < 0 || setting.substring(0, at).isBlank()) {
                throw new UsageError(option + " " + setting + ": write a name, = and a value, such as level=1.5");
            }
            return new Given(
                    setting.substring(0, at).strip(), setting.substring(at + 1).strip());
        }
    }

    /// The variable of a path such as `tank.levels[2]` that may be written.
    ///
    /// @throws UsageError if there is none, it is no value of one piece, or may not be written; the message says so
    Slot writable(String option, String name) {
        Slot slot = run.slot(instance.name() + "." + name)
                .or(() -> run.slot(name))
                .orElseThrow(() -> new UsageError(option + ": " + missing(name)));
        if (!slot.isWritable()) {
            throw new UsageError(option + ": " + name + " is READ_ONLY; VAR_ACCESS would have to say READ_WRITE");
        }
        boolean constant =
                path(plain(name)).stream().flatMap(p -> p.steps().stream()).anyMatch(Variable::isConstant);
        if (constant) {
            throw new UsageError(option + ": " + name + " is CONSTANT, and the program was compiled with its value");
        }
        return slot;
    }

    private Optional<VariablePath> path(String name) {
        return run.find(instance.name() + "." + name).or(() -> run.find(name));
    }

    /// The names with which a path begins, before indices.
    private static String plain(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }

    /// Why there is no variable of a name: up to where it leads, and what was probably meant.
    private String missing(String name) {
        Optional<VariablePath> whole = path(name);
        if (whole.isPresent()) {
            return name + " is of the type " + whole.get().type().name()
                    + ", of which no value can be written here; name a part of it";
        }
        if (name.startsWith("%")) {
            return "there is no " + name + " in the process image; write e.g. %IX0.0 or %QW2";
        }
        String known = plain(name);
        while (path(known).isEmpty()) {
            int dot = known.lastIndexOf('.');
            if (dot < 0) {
                return "neither " + instance.name() + " nor the globals have a variable " + known + meant(known);
            }
            known = known.substring(0, dot);
        }
        VariablePath leads = path(known).orElseThrow();
        String rest = name.substring(known.length());
        String next = rest.startsWith(".") ? plain(rest.substring(1)).split("\\.", 2)[0] : "";
        List<String> members = leads.members().stream().map(Variable::name).toList();
        String meant =
                Nearest.of(next, members).map(m -> "; did you mean " + m + "?").orElse("");
        return known + " is of the type " + leads.type().name() + " and has no " + rest + meant;
    }

    private String meant(String name) {
        List<String> names = new ArrayList<>();
        new VariablePath(List.of(instance)).members().forEach(v -> names.add(v.name()));
        run.globals().forEach(v -> names.add(v.name()));
        names.removeIf(n -> n.startsWith("~"));
        // Names of a letter or two all look alike.
        Optional<String> near = name.length() < 3 ? Optional.empty() : Nearest.of(name, names);
        return near.map(m -> "; did you mean " + m + "?").orElse("");
    }
}
