package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// What the code of a routine does to variables, found by reading it once.
final class Effects {
    private final Set<Variable> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean reachesOut;
    private boolean calls;
    private boolean usesTexts;

    Effects(Routine routine) {
        this(routine.body());
    }

    Effects(List<Instruction> body) {
        Walk.instructions(body, this::instruction);
    }

    private void instruction(Instruction instruction) {
        switch (instruction) {
            case Instruction.Assign(var place, var _, var _) -> store(place);
            case Instruction.Bind(var place, var value, var _) -> {
                store(place);
                stored(value);
            }
            case Instruction.For loop -> store(loop.variable());
            default -> {}
        }
        Walk.terms(instruction).forEach(t -> Walk.deep(t, this::term));
    }

    private void term(Term term) {
        switch (term) {
            case Term.Call call -> {
                reachesOut = true;
                calls = true;
                List<Variable> taken = taken(call.routine());
                for (int i = 0; i < call.inputs().size(); i++) {
                    if (taken.get(i).role() == Role.IN_OUT) {
                        stored(call.inputs().get(i));
                    }
                }
                call.outputs().forEach(o -> store(o.place()));
            }
            case Term.Reference(var place, var _) -> store(place);
            default -> {}
        }
        usesTexts |= makesObject(term);
    }

    /// Whether a term takes an object for a result in between from the machine, which must be freed again.
    private static boolean makesObject(Term term) {
        return switch (term) {
            case Term.Library _, Term.Convert _, Term.Load(Place.Overlaid _) -> isText(term);
            case Term.Constant _ -> term.type().isAggregate() && !isText(term);
            case Term.Call call -> call.type().isAggregate() || givesOtherObjects(call);
            default -> false;
        };
    }

    private static boolean givesOtherObjects(Term.Call call) {
        List<Variable> taken = taken(call.routine());
        for (int i = 0; i < taken.size(); i++) {
            Term input = call.inputs().get(i);
            boolean other = Terms.opens(input.type(), taken.get(i).type()) || isCut(input, taken.get(i));
            if (other) {
                return true;
            }
        }
        return false;
    }

    /// The parameters for which a call gives values.
    static List<Variable> taken(Signature routine) {
        return routine.parameters().stream()
                .filter(p -> p.role() != Role.OUTPUT)
                .toList();
    }

    /// Whether a text may be longer than the input it is given for.
    static boolean isCut(Term given, Variable input) {
        if (given instanceof Term.Convert(var operand, var _) && isText(operand)) {
            return isCut(operand, input);
        }
        return input.role() == Role.INPUT
                && given.type().resolved() instanceof TextType type
                && input.type().resolved() instanceof TextType own
                && (given instanceof Term.Constant(var _, Value.Text(var text)) ? text.length() : type.capacity())
                        > own.capacity();
    }

    /// Whether a term makes a text that nothing else knows.
    static boolean isNewText(Term term) {
        return isText(term)
                && (term instanceof Term.Library
                        || term instanceof Term.Load(Place.Overlaid _)
                        || term instanceof Term.Convert(var operand, var _)
                                && (operand.type().elementary() != null || isNewText(operand)));
    }

    private static boolean isText(Term term) {
        return term.type().resolved() instanceof TextType;
    }

    private void stored(Term term) {
        if (term instanceof Term.Load(var place)) {
            store(place);
        }
    }

    private void store(Place place) {
        switch (place) {
            case Place.Local(var variable) -> {
                written.add(variable);
                reachesOut |= variable.role() == Role.IN_OUT && variable.type().isAggregate();
            }
            case Place.Global(var variable) -> {
                written.add(variable);
                reachesOut = true;
            }
            case Place.Field(var object, var variable) -> {
                written.add(variable);
                within(object);
            }
            case Place.Element(var array, var _, var _) -> within(array);
            case Place.CharacterAt(var text, var _, var _) -> within(text);
            case Place.Overlaid(var bytes, var _, var _) -> within(bytes);
            case Place.Target _, Place.Direct _ -> reachesOut = true;
            case Place.Part(var whole, var _, var _) -> store(whole);
        }
    }

    private void within(Term object) {
        switch (object) {
            case Term.Load(var place) -> store(place);
            default -> reachesOut = true;
        }
    }

    /// Whether a variable may be changed, in whole or in part.
    boolean writes(Variable variable) {
        return written.contains(variable);
    }

    /// Whether something outside of the routine's own variables may be changed.
    boolean reachesOut() {
        return reachesOut;
    }

    /// Whether routines are called.
    boolean calls() {
        return calls;
    }

    /// Whether texts are made that must be freed again.
    boolean usesTexts() {
        return usesTexts;
    }

    /// Whether one instruction, without those within it, makes such texts.
    static boolean usesTexts(Instruction instruction) {
        boolean[] found = new boolean[1];
        for (Term term : Walk.terms(instruction)) {
            Walk.deep(term, t -> found[0] |= makesObject(t));
        }
        return found[0];
    }

    /// Whether a term can be left out or done twice without anybody noticing: it changes nothing and cannot
    /// trap.
    static boolean isPure(Term term) {
        boolean own = switch (term) {
            case Term.Constant _, Term.Self _, Term.Null _, Term.Compare _, Term.ShortCircuit _ -> true;
            case Term.Unary _, Term.Select _ -> true;
            case Term.Load(Place.Local _), Term.Load(Place.Global _), Term.Load(Place.Direct _) -> true;
            case Term.Load(Place.Part(var whole, var _, var _)) -> isPure(new Term.Load(whole));
            case Term.Load(Place.Field(Term.Self _, var _)) -> true;
            case Term.Load(Place.Field(Term.Load(Place.Global _), var _)) -> true;
            case Term.Load(Place.Field(Term.Load(Place.Field(Term.Self _, var inner)), var _)) ->
                inner.role() != Role.IN_OUT && inner.type().isAggregate();
            case Term.Binary(var operator, var left, var _) ->
                operator != Term.BinaryOperator.DIVIDE
                        || left.type().elementary() != null
                                && left.type().elementary().family() == Elementary.Family.REAL;
            case Term.Convert(var operand, var type) ->
                operand.type().elementary() != null && type.elementary() != null;
            default -> false;
        };
        if (!own) {
            return false;
        }
        for (Term inner : Walk.terms(term)) {
            if (!isPure(inner)) {
                return false;
            }
        }
        return true;
    }
}
