package io.millwright.iec61131.test;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.test.Branch.Kind;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// A program that counts which of its branches it takes: the same program with one more instruction at the
/// start of every branch. The counters are a hidden global array, so that every back end can run it.
final class Coverage {
    private final List<Branch> branches = new ArrayList<>();
    private final Variable counters;
    private final Program program;
    private final long[] counts;

    /// @param wanted the routines that are counted
    Coverage(Program plain, Predicate<Signature> wanted) {
        Collection<Routine> counted = plain.routines().values().stream()
                .filter(r -> wanted.test(r.signature()))
                .sorted(Comparator.comparing(
                                (Routine r) -> r.signature().declared().source().name())
                        .thenComparingInt(r -> r.signature().declared().start()))
                .toList();
        int size = Math.max(1, counted.stream().mapToInt(Coverage::size).sum());
        this.counters = counters(size);
        Map<Signature, Routine> routines = new LinkedHashMap<>(plain.routines());
        counted.forEach(r -> routines.put(r.signature(), routine(r)));
        List<Variable> globals = new ArrayList<>(plain.globals());
        globals.add(counters);
        this.program = new Program(
                plain.structures(),
                plain.units(),
                plain.interfaces(),
                globals,
                routines,
                plain.tasks(),
                plain.placed(),
                plain.accesses());
        this.counts = new long[size];
    }

    private static Variable counters(int size) {
        var array = new ArrayType(List.of(new ArrayType.Range(0, size - 1)), Elementary.LINT);
        Span nowhere = new Source("", "").span(0, 0);
        return new Variable("~branches", array, Role.GLOBAL, Set.of(), new Value.Usual(), null, null, nowhere);
    }

    private static int size(Routine routine) {
        int[] size = {1};
        Walk.instructions(
                routine.body(),
                instruction -> size[0] += switch (instruction) {
                    case Instruction.If(var all, var _, var _) -> all.size() + 1;
                    case Instruction.Case(var _, var choices, var _, var _) -> choices.size() + 1;
                    case Instruction.For _, Instruction.While _, Instruction.Repeat _ -> 1;
                    default -> 0;
                });
        return size[0];
    }

    /// The program that counts.
    Program program() {
        return program;
    }

    /// Takes over what a machine that ran it has counted.
    void take(Machine machine) {
        if (machine.read(List.of(counters), -1) instanceof Value.Elements(var values)) {
            for (int i = 0; i < counts.length && i < values.size(); i++) {
                counts[i] += values.get(i) instanceof Value.Whole(long count) ? count : 0;
            }
        }
    }

    /// Every branch with how often it was reached, by file and place.
    List<Branch> branches() {
        return IntStream.range(0, branches.size())
                .mapToObj(i -> branches.get(i).counted(counts[i]))
                .sorted(Comparator.comparing(Branch::file)
                        .thenComparingInt(Branch::line)
                        .thenComparingInt(Branch::column)
                        .thenComparing(Branch::kind))
                .toList();
    }

    private Routine routine(Routine routine) {
        var writer = new Writer(routine.signature());
        List<Instruction> body = writer.counted(Kind.CALL, routine.signature().declared(), routine.body());
        return new Routine(routine.signature(), routine.temporaries(), body);
    }

    /// Writes one routine anew.
    private final class Writer {
        private final Signature signature;

        Writer(Signature signature) {
            this.signature = signature;
        }

        private List<Instruction> counted(Kind kind, Span span, List<Instruction> body) {
            List<Instruction> all = new ArrayList<>();
            all.add(count(kind, span));
            body.forEach(i -> all.add(instruction(i)));
            return all;
        }

        private Instruction count(Kind kind, Span span) {
            Term index = whole(Elementary.DINT, branches.size());
            branches.add(
                    new Branch(signature.qualifiedName(), span.source().name(), span.line(), span.column(), kind, 0));
            Place counter =
                    new Place.Element(new Term.Load(new Place.Global(counters)), List.of(index), Elementary.LINT);
            Term more = new Term.Binary(Term.BinaryOperator.ADD, new Term.Load(counter), whole(Elementary.LINT, 1));
            return new Instruction.Assign(counter, more, span);
        }

        private static Term whole(Elementary type, long value) {
            return new Term.Constant(type, new Value.Whole(value));
        }

        private Instruction instruction(Instruction instruction) {
            return switch (instruction) {
                // What mocks put before a routine is no branch of the program.
                case Instruction.If(var _, var _, var span) when span.equals(signature.declared()) -> instruction;
                case Instruction.If(var all, var otherwise, var span) ->
                    new Instruction.If(
                            all.stream()
                                    .map(b -> new Instruction.Branch(
                                            b.condition(), counted(Kind.IF, b.span(), b.body()), b.span()))
                                    .toList(),
                            counted(Kind.ELSE, span, otherwise),
                            span);
                case Instruction.Case(var selector, var choices, var otherwise, var span) ->
                    new Instruction.Case(
                            selector,
                            choices.stream()
                                    .map(c -> new Instruction.Choice(
                                            c.intervals(), counted(Kind.CASE, c.span(), c.body()), c.span()))
                                    .toList(),
                            counted(Kind.CASE_ELSE, span, otherwise),
                            span);
                case Instruction.For(var variable, var from, var to, var by, var body, var span) ->
                    new Instruction.For(variable, from, to, by, counted(Kind.LOOP, span, body), span);
                case Instruction.While(var condition, var body, var span) ->
                    new Instruction.While(condition, counted(Kind.LOOP, span, body), span);
                case Instruction.Repeat(var body, var until, var span) ->
                    new Instruction.Repeat(counted(Kind.LOOP, span, body), until, span);
                default -> instruction;
            };
        }
    }
}
