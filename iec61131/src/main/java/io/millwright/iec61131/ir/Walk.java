package io.millwright.iec61131.ir;

import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Goes through the intermediate form.
public final class Walk {
    private Walk() {}

    /// Shows every instruction of a list, outer ones first.
    public static void instructions(List<Instruction> list, Consumer<Instruction> visitor) {
        for (Instruction instruction : list) {
            visitor.accept(instruction);
            bodies(instruction).forEach(b -> instructions(b, visitor));
        }
    }

    /// The lists of instructions that an instruction holds.
    public static List<List<Instruction>> bodies(Instruction instruction) {
        return switch (instruction) {
            case Instruction.If(var branches, var otherwise, var _) -> {
                List<List<Instruction>> all = new ArrayList<>();
                branches.forEach(b -> all.add(b.body()));
                all.add(otherwise);
                yield all;
            }
            case Instruction.Case(var _, var choices, var otherwise, var _) -> {
                List<List<Instruction>> all = new ArrayList<>();
                choices.forEach(c -> all.add(c.body()));
                all.add(otherwise);
                yield all;
            }
            case Instruction.For loop -> List.of(loop.body());
            case Instruction.While loop -> List.of(loop.body());
            case Instruction.Repeat loop -> List.of(loop.body());
            case Instruction.Assign _,
                    Instruction.Bind _,
                    Instruction.Evaluate _,
                    Instruction.Exit _,
                    Instruction.Continue _,
                    Instruction.Return _ -> List.of();
        };
    }

    /// The terms that stand in an instruction itself, not in the instructions within it.
    public static List<Term> terms(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Assign(var place, var value, var _) -> with(terms(place), value);
            case Instruction.Bind(var place, var value, var _) -> with(terms(place), value);
            case Instruction.Evaluate(var term, var _) -> List.of(term);
            case Instruction.If(var branches, var _, var _) ->
                branches.stream().map(Instruction.Branch::condition).toList();
            case Instruction.Case(var selector, var _, var _, var _) -> List.of(selector);
            case Instruction.For(var variable, var from, var to, var by, var _, var _) ->
                with(with(with(terms(variable), from), to), by);
            case Instruction.While(var condition, var _, var _) -> List.of(condition);
            case Instruction.Repeat(var _, var until, var _) -> List.of(until);
            case Instruction.Exit _, Instruction.Continue _, Instruction.Return _ -> List.of();
        };
    }

    /// The terms that stand in a place.
    public static List<Term> terms(Place place) {
        return switch (place) {
            case Place.Local _, Place.Global _, Place.Direct _ -> List.of();
            case Place.Field(var object, var _) -> List.of(object);
            case Place.Element(var array, var indices, var _) -> {
                List<Term> all = new ArrayList<>(List.of(array));
                all.addAll(indices);
                yield all;
            }
            case Place.CharacterAt(var text, var index, var _) -> List.of(text, index);
            case Place.Overlaid(var bytes, var firstBit, var _) -> List.of(bytes, firstBit);
            case Place.Target(var reference, var _) -> List.of(reference);
            case Place.Part(var whole, var _, var _) -> terms(whole);
        };
    }

    /// The terms a term is made of.
    public static List<Term> terms(Term term) {
        return switch (term) {
            case Term.Constant _, Term.Self _, Term.Null _, Term.ImageBytes _, Term.Placeholder _ -> List.of();
            case Term.Load(var place) -> terms(place);
            case Term.Reference(var place, var _) -> terms(place);
            case Term.Unary(var _, var operand) -> List.of(operand);
            case Term.Binary(var _, var left, var right) -> List.of(left, right);
            case Term.Compare(var _, var left, var right) -> List.of(left, right);
            case Term.ShortCircuit(var _, var left, var right) -> List.of(left, right);
            case Term.Convert(var operand, var _) -> List.of(operand);
            case Term.Checked(var operand, var _, var _, var _) -> List.of(operand);
            case Term.Attempt(var operand, var _) -> List.of(operand);
            case Term.Library(var _, var arguments, var _) -> arguments;
            case Term.Select(var condition, var ifFalse, var ifTrue) -> List.of(condition, ifFalse, ifTrue);
            case Term.Let(var _, var value, var body) -> List.of(value, body);
            case Term.Bound(var _, var array, var _) -> List.of(array);
            case Term.Call call -> {
                List<Term> all = new ArrayList<>();
                if (call.receiver() != null) {
                    all.add(call.receiver());
                }
                all.addAll(call.inputs());
                for (Term.Call.Output output : call.outputs()) {
                    all.addAll(terms(output.place()));
                    all.add(output.converted());
                }
                yield all;
            }
        };
    }

    /// Shows a term and every term within it.
    public static void deep(Term term, Consumer<Term> visitor) {
        visitor.accept(term);
        for (Term inner : terms(term)) {
            deep(inner, visitor);
        }
    }

    /// Shows every place that a list of instructions stores into, where it knows it: not what a call does
    /// within.
    public static void stores(List<Instruction> list, Consumer<Place> visitor) {
        instructions(list, instruction -> {
            switch (instruction) {
                case Instruction.Assign(var place, var _, var _) -> visitor.accept(place);
                case Instruction.For loop -> visitor.accept(loop.variable());
                default -> {}
            }
            terms(instruction)
                    .forEach(t -> deep(t, part -> {
                        if (part instanceof Term.Call call) {
                            call.outputs().forEach(o -> visitor.accept(o.place()));
                            inOuts(call).forEach(visitor);
                        }
                    }));
        });
    }

    /// The elementary places that a call is given to change.
    private static List<Place> inOuts(Term.Call call) {
        List<Variable> taken = call.routine().parameters().stream()
                .filter(p -> p.role() != Role.OUTPUT)
                .toList();
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            boolean copiedBack =
                    taken.get(i).role() == Role.IN_OUT && !taken.get(i).type().isAggregate();
            if (copiedBack && call.inputs().get(i) instanceof Term.Load(var place)) {
                places.add(place);
            }
        }
        return places;
    }

    private static List<Term> with(List<Term> terms, Term last) {
        List<Term> all = new ArrayList<>(terms);
        all.add(last);
        return all;
    }
}
