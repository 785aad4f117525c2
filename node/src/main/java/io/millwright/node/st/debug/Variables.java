package io.millwright.node.st.debug;

import io.millwright.iec61131.interpret.Call;
import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.interpret.Slot;
import io.millwright.iec61131.library.Conversions;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablePresentationHint;
import org.jspecify.annotations.Nullable;

/// What is shown of the variables while the program stands still: each group that can be opened has a number,
/// which is forgotten when the program goes on.
final class Variables {
    /// How many elements are given where the editor does not ask for fewer.
    private static final int GIVEN_MAX = 10_000;

    private final Session session;
    private final List<Group> groups = new ArrayList<>();

    Variables(Session session) {
        this.session = session;
    }

    /// Something that can be opened.
    private sealed interface Group {}

    /// Variables of a scope.
    private record Listed(int frame, List<Slot> slots) implements Group {}

    /// The parts of a slot.
    ///
    /// @param path the expression that names it
    private record Parts(int frame, Slot slot, String path) implements Group {}

    /// The time and the number of the scan.
    private record Clock() implements Group {}

    void forget() {
        groups.clear();
    }

    private int number(Group group) {
        groups.add(group);
        return groups.size();
    }

    private Group group(int number) {
        if (number < 1 || number > groups.size()) {
            throw new IllegalArgumentException("the program has gone on since");
        }
        return groups.get(number - 1);
    }

    /// The call that a group was shown for, counted from the innermost.
    int frame(int number) {
        return switch (group(number)) {
            case Listed(int frame, var _) -> frame;
            case Parts(int frame, var _, var _) -> frame;
            case Clock() -> 0;
        };
    }

    /// What can be seen from a call.
    Scope[] scopes(CallStack calls, Call call, int frame) {
        List<Scope> scopes = new ArrayList<>();
        List<Slot> locals = shown(call.locals());
        Slot self = call.self();
        if (!locals.isEmpty() || self == null) {
            scopes.add(scope("Local", new Listed(frame, locals), locals.size(), "locals"));
        }
        if (self != null) {
            scopes.add(scope("Instance", new Parts(frame, self, ""), self.size(), "locals"));
        }
        List<Slot> inputs = image(calls, self);
        if (!inputs.isEmpty()) {
            scopes.add(scope("Inputs and outputs", new Listed(frame, inputs), inputs.size(), null));
        }
        List<Slot> globals = globals(calls);
        if (!globals.isEmpty()) {
            scopes.add(scope("Global", new Listed(frame, globals), globals.size(), null));
        }
        scopes.add(scope("Time", new Clock(), 2, null));
        return scopes.toArray(new Scope[0]);
    }

    private static List<Slot> shown(List<Slot> slots) {
        return slots.stream().filter(s -> !s.name().startsWith("~")).toList();
    }

    private List<Slot> globals(CallStack calls) {
        return shown(session.course().program().globals().stream()
                .filter(g -> !isLocated(g))
                .map(calls::global)
                .toList());
    }

    /// The variables that lie in the process image.
    private List<Slot> image(CallStack calls, @Nullable Slot self) {
        List<Slot> found = new ArrayList<>(session.course().program().globals().stream()
                .filter(Variables::isLocated)
                .map(calls::global)
                .toList());
        if (self != null) {
            self.parts(0, self.size()).stream().filter(Slot::isLocated).forEach(found::add);
        }
        return found;
    }

    private static boolean isLocated(io.millwright.iec61131.type.Variable variable) {
        Address address = variable.address();
        return address != null
                && variable.role() == Role.GLOBAL
                && variable.type().elementary() != null;
    }

    private Scope scope(String name, Group group, int size, @Nullable String hint) {
        var scope = new Scope();
        scope.setName(name);
        scope.setVariablesReference(number(group));
        scope.setNamedVariables(size);
        scope.setPresentationHint(hint);
        return scope;
    }

    /// The variables of a group.
    ///
    /// @param first of indexed ones, from 0
    /// @param asked how many of them, or 0 for all
    Variable[] of(int number, int first, int asked, Shown shown) {
        int count = asked <= 0 ? GIVEN_MAX : Math.min(asked, GIVEN_MAX);
        List<Variable> variables = new ArrayList<>();
        switch (group(number)) {
            case Listed(int frame, var slots) ->
                slots.stream()
                        .skip(first)
                        .limit(count)
                        .forEach(s -> variables.add(variable(frame, s, s.name(), shown)));
            case Parts(int frame, var slot, var path) ->
                slot.parts(first, count).forEach(s -> variables.add(variable(frame, s, path(path, slot, s), shown)));
            case Clock() -> {
                variables.add(fixed("time", Elementary.TIME, time()));
                String date = session.course().date();
                if (!date.isEmpty()) {
                    variables.add(fixed("date", Elementary.DATE_AND_TIME, date));
                }
                variables.add(fixed(
                        "scan", Elementary.ULINT, Long.toString(session.course().scan())));
            }
        }
        return variables.toArray(new Variable[0]);
    }

    private String time() {
        return Conversions.wholeToText(session.course().nowNanos(), Elementary.TIME, new Text(80))
                .toString();
    }

    private static Variable fixed(String name, Elementary type, String value) {
        var variable = new Variable();
        variable.setName(name);
        variable.setType(type.name());
        variable.setValue(value);
        var hint = new VariablePresentationHint();
        hint.setAttributes(new String[] {"readOnly"});
        variable.setPresentationHint(hint);
        return variable;
    }

    private static String path(String parent, Slot whole, Slot part) {
        boolean member = whole.content() == Slot.Content.FIELDS && !parent.isEmpty();
        return parent + (member ? "." : "") + part.name();
    }

    private Variable variable(int frame, Slot slot, String path, Shown shown) {
        var variable = new Variable();
        variable.setName(slot.name());
        variable.setType(slot.type().name());
        variable.setValue(shown.text(slot));
        variable.setEvaluateName(path);
        Opened opened = opened(frame, slot, path);
        variable.setVariablesReference(opened.number());
        variable.setIndexedVariables(opened.indexed());
        variable.setNamedVariables(opened.named());
        return variable;
    }

    /// How the parts of a slot can be asked for.
    ///
    /// @param number 0 where it has none
    record Opened(
            int number, @Nullable Integer indexed, @Nullable Integer named) {}

    Opened opened(int frame, Slot slot, String path) {
        int size = slot.size();
        if (size == 0) {
            return new Opened(0, null, null);
        }
        int number = number(new Parts(frame, slot, path));
        boolean array = slot.content() == Slot.Content.ARRAY;
        return new Opened(number, array ? size : null, array ? null : size);
    }

    /// The variable of a name in a group.
    Slot find(int number, String name) {
        Slot found = switch (group(number)) {
            case Listed(int _, var slots) -> named(slots, name);
            case Parts(int _, var slot, var _) -> named(slot.parts(0, slot.size()), name);
            case Clock() -> throw new IllegalArgumentException(name + " cannot be changed");
        };
        if (found == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return Objects.requireNonNull(found);
    }

    private static @Nullable Slot named(List<Slot> slots, String name) {
        return slots.stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
    }
}
