package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Variables of the instance and globals that a loop keeps in locals of the JVM while it runs: there the
/// optimiser sees what counts, and needs no test of each index. Afterwards, however the loop ends, they are
/// where they belong.
///
/// Only a loop that calls nothing keeps variables, since nobody else can look at them meanwhile.
final class KeptVariables {
    /// The most a loop keeps.
    private static final int MOST = 24;

    private final Instruction loop;
    private final Environment environment;
    private final List<Place> places;

    private KeptVariables(Instruction loop, Environment environment, List<Place> places) {
        this.loop = loop;
        this.environment = environment;
        this.places = places;
    }

    /// What a loop can keep.
    static KeptVariables of(Instruction loop, Environment environment) {
        return new KeptVariables(loop, environment, new Search(environment.guards()).places(loop));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /// Writes a loop between getting the variables and putting them back.
    void around(Runnable writing) {
        CodeBuilder code = environment.code();
        for (Place place : places) {
            TypeKind kind = environment.types().kind(place.type());
            int slot = code.allocateLocal(kind);
            field(place);
            code.storeLocal(kind, slot);
            environment.homes().put(variable(place), new Environment.Home.InLocal(slot));
        }
        SplitVariables split = SplitVariables.begin(loop, environment);
        Label start = code.newBoundLabel();
        writing.run();
        Label end = code.newBoundLabel();
        Label after = code.newLabel();
        Label broken = code.newLabel();
        putBack();
        code.goto_(after).labelBinding(broken);
        putBack();
        code.athrow().labelBinding(after);
        code.exceptionCatchAll(start, end, broken);
        places.forEach(p -> environment.homes().remove(variable(p)));
        split.end();
    }

    /// Pushes what lies in the field.
    private void field(Place place) {
        Field field = environment.storage().field(variable(place));
        owner(place);
        environment.code().getfield(field.owner(), field.name(), field.type());
    }

    private void owner(Place place) {
        environment.code().aload(place instanceof Place.Global ? Environment.MACHINE_SLOT : environment.self());
    }

    /// Puts the variables where they belong.
    void putBack() {
        for (Place place : places) {
            Field field = environment.storage().field(variable(place));
            owner(place);
            environment.load(variable(place));
            environment.code().putfield(field.owner(), field.name(), field.type());
        }
    }

    private static Variable variable(Place place) {
        return switch (place) {
            case Place.Global(var variable) -> variable;
            case Place.Field(var _, var variable) -> variable;
            default -> throw new IllegalArgumentException("not kept: " + place);
        };
    }

    /// Goes through a loop.
    private static final class Search {
        private final Guards guards;
        private final Set<Place> found = new LinkedHashSet<>();
        private final Set<Variable> elsewhere = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean closed = true;

        Search(Guards guards) {
            this.guards = guards;
        }

        List<Place> places(Instruction loop) {
            List<Instruction> all = List.of(loop);
            Walk.stores(all, this::stored);
            Walk.instructions(all, i -> {
                if (i instanceof Instruction.Assign(var place, var _, var _)) {
                    seen(place);
                }
                if (i instanceof Instruction.For counted) {
                    seen(counted.variable());
                }
                closed &= !(i instanceof Instruction.Bind);
                Walk.terms(i).forEach(t -> Walk.deep(t, this::term));
            });
            if (!closed) {
                return List.of();
            }
            List<Place> places = new ArrayList<>();
            for (Place place : found) {
                if (places.size() < MOST && !elsewhere.contains(variable(place))) {
                    places.add(place);
                }
            }
            return places;
        }

        private void term(Term term) {
            closed &= !(term instanceof Term.Call);
            if (term instanceof Term.Load(var place)) {
                seen(place);
            }
        }

        /// Another instance may be this one.
        private void stored(Place given) {
            Place place = whole(given);
            if (place instanceof Place.Field(var object, var variable) && !(object instanceof Term.Self)) {
                elsewhere.add(variable);
            }
            closed &= !(place.type().resolved() instanceof UnitType);
            if (guards.of(place) instanceof Guards.Guard.Owners) {
                elsewhere.add(variable(place));
            }
        }

        private static Place whole(Place place) {
            return place instanceof Place.Part(var whole, var _, var _) ? whole(whole) : place;
        }

        private void seen(Place place) {
            Place outer = whole(place);
            boolean near = outer instanceof Place.Global || outer instanceof Place.Field(Term.Self _, var _);
            if (near && outer.type().elementary() != null && !variable(outer).isReferenced()) {
                found.add(outer);
            }
        }
    }
}
