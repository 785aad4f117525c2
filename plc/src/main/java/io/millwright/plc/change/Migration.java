package io.millwright.plc.change;

import io.millwright.iec61131.State;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Placer;
import io.millwright.iec61131.machine.Relocation;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.TextType;
import io.millwright.plc.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Takes the state of one program and puts it into another. All is prepared: the two steps look nothing up and
/// allocate nothing. The first is for the thread that scans, between scans; the second for whoever owns the
/// other machine.
///
/// What has no counterpart stays as it is there, and so does what would take a value it cannot hold.
final class Migration {
    /// How often it is run at most to be warm.
    private static final int ROUNDS = 300;

    /// After so many rounds it is looked whether it still gets faster.
    private static final int FEW = 20;

    private static final double STILL_BETTER = 0.8;

    private final Machine from;
    private final Machine to;
    private final Sampler sampler;
    private final Placer placer;
    private final long[] same;
    private final List<Copy> converted;
    private final long[] other;
    private final List<Copy> texts;
    private final Text[] held;
    private final List<Reference> references;
    private final @Nullable Object[] targets;
    private final @Nullable Relocation relocation;
    private final byte[][] images;

    Migration(Loaded from, Loaded to, List<Copy> copies, List<Reference> references, List<Counterpart> alike) {
        this.from = from.run().machine();
        this.to = to.run().machine();
        List<Copy> plain = copies.stream().filter(c -> !c.from().isText()).toList();
        List<Copy> bits =
                plain.stream().filter(c -> c.carry() instanceof Carry.Same).toList();
        this.sampler = this.from.sampler(bits.stream().map(Copy::from).toList());
        this.placer = this.to.placer(bits.stream().map(Copy::to).toList());
        this.same = new long[bits.size()];
        this.converted =
                plain.stream().filter(c -> !(c.carry() instanceof Carry.Same)).toList();
        this.other = new long[converted.size()];
        this.texts = copies.stream().filter(c -> c.from().isText()).toList();
        this.held =
                texts.stream().map(c -> new Text(c.from().text().capacity())).toArray(Text[]::new);
        this.references = references;
        this.targets = new @Nullable Object[references.size()];
        this.relocation = references.isEmpty() ? null : relocation(copies, alike);
        this.images = new byte[][] {
            this.from.inputs().clone(),
            this.from.outputs().clone(),
            this.from.memory().clone()
        };
    }

    private Relocation relocation(List<Copy> copies, List<Counterpart> alike) {
        var made = new Relocation(to);
        for (Counterpart pair : alike) {
            Object before = from.reach(pair.before());
            Object after = to.reach(pair.after());
            if (before != null && after != null) {
                made.object(before, after);
            }
        }
        // A pointer reads what lies there as the type it had.
        copies.stream()
                .filter(c -> c.carry() instanceof Carry.Same
                        && !c.from().isText()
                        && c.from().type().elementary() == c.to().type().elementary())
                .forEach(c -> made.variable(c.from(), c.to()));
        return made;
    }

    /// The same migration the other way round: what was converted is converted back.
    static Migration back(
            Loaded from, Loaded to, List<Copy> copies, List<Reference> references, List<Counterpart> alike) {
        return new Migration(
                from,
                to,
                turned(copies),
                references.stream()
                        .map(r -> new Reference(r.path(), r.to(), r.from()))
                        .toList(),
                alike.stream().map(Counterpart::turned).toList());
    }

    /// The copies the other way round, where there is a way.
    static List<Copy> turned(List<Copy> copies) {
        List<Copy> turned = new ArrayList<>();
        for (Copy copy : copies) {
            Carry carry = copy.from().isText()
                    ? copy.carry()
                    : Carry.of(copy.to().type(), copy.from().type());
            if (carry != null) {
                turned.add(new Copy(copy.to(), copy.from(), carry));
            }
        }
        return turned;
    }

    /// Takes the state of the one program.
    void take() {
        sampler.take(same);
        for (int i = 0; i < other.length; i++) {
            other[i] = converted.get(i).from().bits();
        }
        for (int i = 0; i < held.length; i++) {
            held[i].set(texts.get(i).from().text());
        }
        for (int i = 0; i < targets.length; i++) {
            targets[i] = from.reach(references.get(i).from());
        }
        copy(from.inputs(), images[0]);
        copy(from.outputs(), images[1]);
        copy(from.memory(), images[2]);
    }

    /// Puts it into the other one. Time goes with it.
    void put() {
        copy(images[0], to.inputs());
        copy(images[1], to.outputs());
        copy(images[2], to.memory());
        placer.put(same);
        for (int i = 0; i < other.length; i++) {
            Carry carry = converted.get(i).carry();
            if (carry.fate(other[i]) != Carry.Fate.LOST) {
                converted.get(i).to().set(carry.carried(other[i]));
            }
        }
        for (int i = 0; i < held.length; i++) {
            Slot slot = texts.get(i).to();
            if (fits(held[i], slot)) {
                slot.set(held[i]);
            }
        }
        for (int i = 0; i < targets.length; i++) {
            refer(references.get(i).to(), targets[i]);
        }
        to.enforce();
    }

    private static boolean fits(Text text, Slot slot) {
        boolean wide = slot.type().resolved() instanceof TextType type && type.wide();
        for (int i = 0; !wide && i < text.length(); i++) {
            if (text.at(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    private void refer(List<Step> path, @Nullable Object target) {
        Relocation known = relocation;
        Object found = target == null || known == null ? null : known.find(target);
        if (target == null || found != null) {
            to.refer(path, found);
        }
    }

    /// The references that refer, at about this time, to what the other program does not have.
    List<String> lookAtReferences() {
        List<String> lost = new ArrayList<>();
        Relocation known = relocation;
        for (Reference reference : references) {
            Object target = from.reach(reference.from());
            if (known != null && target != null && known.find(target) == null) {
                lost.add(reference.path());
            }
        }
        return lost;
    }

    private static void copy(byte[] source, byte[] target) {
        System.arraycopy(source, 0, target, 0, Math.min(source.length, target.length));
    }

    /// Runs both steps often enough for the JVM to have compiled them, and leaves the other program, which must
    /// not run yet, as it was. What is taken meanwhile is of no meaning.
    ///
    /// @param state of the other program
    /// @param clock in nanoseconds
    void warm(State state, LongSupplier clock) {
        State.Snapshot first = state.take();
        List<@Nullable Object> referred = new ArrayList<>();
        references.forEach(r -> referred.add(to.reach(r.to())));
        long best = Long.MAX_VALUE;
        long before = Long.MAX_VALUE;
        for (int i = 1; i <= ROUNDS && (i % FEW != 1 || i == 1 || best < before * STILL_BETTER); i++) {
            before = i % FEW == 1 ? best : before;
            long start = clock.getAsLong();
            take();
            put();
            best = Math.min(best, clock.getAsLong() - start);
        }
        state.put(first);
        for (int i = 0; i < referred.size(); i++) {
            to.refer(references.get(i).to(), referred.get(i));
        }
    }
}
