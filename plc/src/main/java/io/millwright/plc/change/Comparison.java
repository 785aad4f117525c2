package io.millwright.plc.change;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.change.Finding.Kind;
import io.millwright.plc.change.Finding.Need;
import io.millwright.plc.change.Matching.How;
import io.millwright.plc.change.Matching.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through the variables of two programs side by side, from the globals and instances of programs down to
/// the last element. Types are the same when they say the same, as the new program may come from a compilation
/// of its own.
final class Comparison {
    private final Set<String> accepted;
    private final Map<String, Slot> before = new HashMap<>();
    private final Map<String, Slot> after = new HashMap<>();
    private final Findings findings;
    private final List<Copy> copies = new ArrayList<>();
    private final List<Reference> references = new ArrayList<>();
    private final List<Counterpart> counterparts = new ArrayList<>();
    private final List<Slot> steps = new ArrayList<>();

    Comparison(Loaded running, Loaded next, Set<String> accepted, Findings findings) {
        this.accepted = accepted;
        this.findings = findings;
        List<Slot> now = next.state().slots();
        boolean same = running.program().globals().equals(next.program().globals())
                && running.state().references().isEmpty();
        if (same) {
            List<Slot> known = running.state().slots();
            // The very same declarations: only bodies have changed.
            for (int i = 0; i < now.size(); i++) {
                copies.add(new Copy(known.get(i), now.get(i), new Carry.Same()));
            }
            return;
        }
        running.state().slots().forEach(s -> before.put(s.name(), s));
        now.forEach(s -> after.put(s.name(), s));
        compare(running.program(), next.program());
    }

    List<Copy> copies() {
        return copies;
    }

    List<Reference> references() {
        return references;
    }

    List<Counterpart> counterparts() {
        return counterparts;
    }

    /// The flags of steps of charts that are gone.
    List<Slot> steps() {
        return steps;
    }

    private void compare(Program running, Program next) {
        var matching = new Matching(running.globals(), next.globals());
        for (Pair pair : matching.pairs()) {
            Variable old = pair.before();
            pair(pair, old == null ? null : At.global(old), At.global(pair.after()));
        }
        matching.removed().forEach(v -> removed(At.global(v), v));
    }

    private void pair(Pair pair, @Nullable At from, At to) {
        Variable now = pair.after();
        Variable old = pair.before();
        if (old == null || from == null) {
            if (!Matching.isHidden(now)) {
                findings.note(
                        Kind.ADDED,
                        to.name(),
                        "",
                        now.type().name(),
                        Told.of("added", "{subject} : {after} is new and starts with {first}")
                                .with("first", Shown.value(now.type(), now.initial())));
            }
            return;
        }
        if (pair.how() == How.GUESS && !Subjects.covers(accepted, to.name())) {
            perhaps(old, now, from, to);
            return;
        }
        if (pair.how() != How.NAME) {
            findings.note(
                    Kind.RENAMED,
                    to.name(),
                    from.name(),
                    to.name(),
                    Told.of("renamed", "{subject} goes on with the value of {before}"));
        }
        new Redeclared(findings, old, now).tell(to.name());
        if (!now.isConstant() && !old.isConstant()) {
            values(from, old.type(), to, now.type());
        }
    }

    private void perhaps(Variable old, Variable now, At from, At to) {
        if (Subjects.covers(accepted, from.name())) {
            findings.note(Kind.ADDED, to.name(), "", now.type().name(), Told.of("new", "{subject} is new"));
            removed(from, old);
            return;
        }
        findings.ask(
                Kind.RENAMED_PERHAPS,
                to.name(),
                from.name(),
                to.name(),
                "",
                Told.of(
                                "renamed-perhaps",
                                "{subject} : {type} may be {before} renamed: write {was} before its name, or accept"
                                        + " {subject} for it to go on with the value, or accept {before} for the"
                                        + " value to be lost")
                        .with("type", now.type().name())
                        .with("was", "{was: " + old.name() + "}"));
    }

    private void values(At from, Type a, At to, Type b) {
        boolean plainBefore = isPlain(a);
        boolean plainNow = isPlain(b);
        if (plainBefore && plainNow) {
            plain(from, to);
            return;
        }
        Type x = a.resolved();
        Type y = b.resolved();
        if (x instanceof ArrayType old && y instanceof ArrayType now) {
            arrays(from, old, to, now);
        } else if (x instanceof StructureType old && y instanceof StructureType now && old.overlap() == now.overlap()) {
            structures(from, old, to, now);
        } else if (x instanceof UnitType old && y instanceof UnitType now) {
            units(from, old, to, now);
        } else if (!plainBefore && !plainNow && !x.isAggregate() && !y.isAggregate()) {
            reference(from, a, to, b);
        } else {
            reset(from, a, to, b, "form", "one is no form of the other");
        }
    }

    private static boolean isPlain(Type type) {
        return type.elementary() != null || type.resolved() instanceof TextType;
    }

    private void plain(At from, At to) {
        Slot old = before.get(from.name());
        Slot now = after.get(to.name());
        if (old == null || now == null) {
            return;
        }
        if (old.isText() != now.isText()) {
            reset(from, old.type(), to, now.type(), "text", "a text is no number");
            return;
        }
        if (old.isText()) {
            text(old, now, to);
            return;
        }
        Carry carry = Carry.of(old.type(), now.type());
        if (carry == null) {
            reset(from, old.type(), to, now.type(), "meaning", "its values mean something else");
            return;
        }
        copies.add(new Copy(old, now, carry));
        if (!carry.equals(new Carry.Same()) || !Alike.types(old.type(), now.type())) {
            new Retyped(findings, old, now, carry).tell(to.name());
        }
    }

    private void text(Slot old, Slot now, At to) {
        var x = (TextType) old.type().resolved();
        var y = (TextType) now.type().resolved();
        copies.add(new Copy(old, now, new Carry.Same()));
        if (now.text().capacity() != 0) {
            counterparts.add(new Counterpart(old.steps(), now.steps()));
        }
        if (x.equals(y)) {
            return;
        }
        if (y.capacity() >= x.capacity() && (y.wide() || !x.wide())) {
            findings.note(
                    Kind.WIDENED,
                    to.name(),
                    x.name(),
                    y.name(),
                    Told.of("text-widened", "{subject} : {before} becomes {after}; every text is kept"));
            return;
        }
        String value = old.text().toString();
        boolean fits =
                value.length() <= y.capacity() && (y.wide() || value.chars().allMatch(c -> c < 256));
        findings.ask(
                Kind.NARROWED,
                to.name(),
                x.name(),
                y.name(),
                Shown.present(old),
                fits
                        ? Told.of(
                                "text-fits",
                                "{subject} : {before} becomes {after}: {present} fits, a longer text would be cut")
                        : Told.of(
                                "text-cut",
                                "{subject} : {before} becomes {after}: {present} does not fit and would be cut"));
    }

    private void arrays(At from, ArrayType old, At to, ArrayType now) {
        if (old.ranges().size() != now.ranges().size()) {
            reset(from, old, to, now, "indices", "the indices are others");
            return;
        }
        if (old.ranges().equals(now.ranges())) {
            counterparts.add(new Counterpart(from.steps(), to.steps()));
        } else {
            resized(from, old, to, now);
        }
        for (int place = 0; place < now.size(); place++) {
            int earlier = Places.place(old, Places.indicesOf(now, place));
            if (earlier >= 0) {
                values(from.element(old, earlier), old.element(), to.element(now, place), now.element());
            }
        }
    }

    private void resized(At from, ArrayType old, At to, ArrayType now) {
        List<String> lost = new ArrayList<>();
        for (int place = 0; place < old.size(); place++) {
            if (Places.place(now, Places.indicesOf(old, place)) < 0) {
                At element = from.element(old, place);
                Slot slot = before.get(element.name());
                lost.add(Places.indices(old, place) + (slot == null ? "" : " = " + Shown.present(slot)));
            }
        }
        if (lost.isEmpty()) {
            findings.note(
                    Kind.RESIZED,
                    to.name(),
                    old.name(),
                    now.name(),
                    Told.of("resized", "{subject} : {before} becomes {after}: every element is kept at its index"));
        } else {
            findings.ask(
                    Kind.RESIZED,
                    to.name(),
                    old.name(),
                    now.name(),
                    Places.some(lost),
                    Told.of("resized-lost", "{subject} : {before} becomes {after}: it would lose {present}"));
        }
    }

    private void structures(At from, StructureType old, At to, StructureType now) {
        counterparts.add(new Counterpart(from.steps(), to.steps()));
        if (old.overlap() && !Alike.types(old, now)) {
            reset(from, old, to, now, "overlap", "its fields overlap in another way");
            return;
        }
        members(from, old.stored(), to, now.stored());
    }

    private void units(At from, UnitType old, At to, UnitType now) {
        if (!Name.key(old.name()).equals(Name.key(now.name()))) {
            reset(from, old, to, now, "state", "its state means something else");
            return;
        }
        counterparts.add(new Counterpart(from.steps(), to.steps()));
        members(from, lasting(old), to, lasting(now));
    }

    private static List<Variable> lasting(UnitType unit) {
        return unit.allVariables().stream()
                .filter(v -> v.role() != Role.IN_OUT || !v.type().isAggregate())
                .toList();
    }

    @SuppressWarnings("ReferenceEquality") // the same declaration
    private void members(At from, List<Variable> old, At to, List<Variable> now) {
        if (old.equals(now)) {
            for (Variable variable : now) {
                if (!variable.isConstant()) {
                    values(from.member(variable), variable.type(), to.member(variable), variable.type());
                }
            }
            return;
        }
        var matching = new Matching(old, now);
        for (Pair pair : matching.pairs()) {
            Variable earlier = pair.before();
            pair(pair, earlier == null ? null : from.member(earlier), to.member(pair.after()));
        }
        matching.removed().forEach(v -> removed(from.member(v), v));
    }

    private void removed(At from, Variable variable) {
        if (Matching.isHidden(variable) || variable.isConstant()) {
            return;
        }
        String name = from.name();
        String type = variable.type().name();
        Slot active = before.get(name + ".X");
        // The compiler keeps since when a step is active.
        String since = name.substring(0, name.length() - variable.name().length()) + "~" + variable.name() + "~since";
        if (before.containsKey(since) && active != null) {
            boolean isActive = active.bits() != 0;
            steps.add(active);
            findings.add(
                    Kind.STEP,
                    isActive ? Need.REFUSAL : Need.WARNING,
                    name,
                    type,
                    "",
                    Shown.present(active),
                    isActive
                            ? Told.of(
                                    "step-active",
                                    "the step {subject} is active and no longer there: the chart would stand still;"
                                            + " wait until it has left the step")
                            : Told.of("step-gone", "the step {subject} is no longer there; it is not active"));
            return;
        }
        Slot slot = before.get(name);
        String prefix = name + ".";
        long inside = slot != null
                ? 1
                : before.keySet().stream()
                        .filter(n -> n.startsWith(prefix) || n.startsWith(name + "["))
                        .count();
        String value = slot == null ? inside + " values" : Shown.present(slot);
        findings.ask(
                Kind.REMOVED,
                name,
                type,
                "",
                value,
                slot == null
                        ? Told.of(
                                        "values-gone",
                                        "{subject} : {before} is no longer there: its {count} values would be lost")
                                .with("count", inside)
                        : Told.of(
                                "removed",
                                "{subject} : {before} is no longer there: its value {present} would be lost"));
    }

    private void reference(At from, Type a, At to, Type b) {
        if (Alike.types(a, b)) {
            references.add(new Reference(to.name(), from.steps(), to.steps()));
        } else {
            reset(from, a, to, b, "target", "it refers to something else");
        }
    }

    private void reset(At from, Type a, At to, Type b, String code, String why) {
        Slot old = before.get(from.name());
        Slot now = after.get(to.name());
        String present = old == null ? "" : Shown.present(old);
        findings.ask(
                Kind.RESET,
                to.name(),
                a.name(),
                b.name(),
                present,
                old == null || now == null
                        ? Told.of(
                                "reset-all-" + code,
                                "{subject} : {before} becomes {after}, and " + why + ": it would lose its values and"
                                        + " start with the first values of {after}")
                        : Told.of(
                                        "reset-" + code,
                                        "{subject} : {before} becomes {after}, and " + why + ": it would lose {present}"
                                                + " and start with {first}")
                                .with("first", Shown.present(now)));
    }
}
