package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_int;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The methods into which a large routine is cut: the JVM takes none over 64 KB, and does not compile those
/// over 8000 bytes.
///
/// All variables of such a routine lie in its frame. A part gives back how it ended, as [#NORMAL] and its
/// sisters say.
///
/// @param type the class of the routine
/// @param descriptor of a part: the parameters of the routine, and its frame if it has one
/// @param known the parts by the instructions they are made of
record Parts(ClassDesc type, MethodTypeDesc descriptor, Map<Parts.Key, Parts.Part> known) {
    /// The part was done to its end.
    static final int NORMAL = 0;

    /// RETURN.
    static final int RETURN = 1;

    /// EXIT of a loop around the part.
    static final int EXIT = 2;

    /// CONTINUE of a loop around the part.
    static final int CONTINUE = 3;

    /// How large a part may be, by [#size]: about a third of what the JVM compiles, since that is an estimate.
    static final int LIMIT = 2_500;

    /// What is worth a method of its own within an instruction that is too large as a whole.
    static final int SMALL = 60;

    /// What another label of a choice adds.
    private static final int LABEL = 8;

    private static final int TERM = 5;
    private static final int CALL = 40;
    private static final int INSTRUCTION = 6;

    /// Which instructions: a part that is too large again begins with the same one as its own first part.
    record Key(Instruction first, int count) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(@Nullable Object other) {
            return other instanceof Key(var otherFirst, int otherCount) && otherFirst == first && otherCount == count;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(first) + count;
        }
    }

    /// A method.
    record Part(String name, List<Instruction> instructions) {}

    Parts(ClassDesc type, MethodTypeDesc routine, List<ClassDesc> frame) {
        this(type, routine, frame, new LinkedHashMap<>());
    }

    private Parts(ClassDesc type, MethodTypeDesc routine, List<ClassDesc> frame, Map<Key, Part> known) {
        List<ClassDesc> parameters = new ArrayList<>(routine.parameterList());
        parameters.addAll(frame);
        this(type, MethodTypeDesc.of(CD_int, parameters), known);
    }

    /// The method for some instructions.
    Part part(List<Instruction> instructions) {
        var key = new Key(instructions.getFirst(), instructions.size());
        Part part = known.get(key);
        if (part == null) {
            part = new Part("part" + known.size(), List.copyOf(instructions));
            known.put(key, part);
        }
        return part;
    }

    /// About how many bytes of code instructions become.
    static int size(List<Instruction> instructions) {
        int[] size = new int[1];
        Walk.instructions(instructions, i -> size[0] += own(i));
        return size[0];
    }

    /// Without the instructions within it.
    private static int own(Instruction instruction) {
        int size = INSTRUCTION;
        for (Term term : Walk.terms(instruction)) {
            size += size(term);
        }
        if (instruction instanceof Instruction.Case(var _, var choices, var _, var _)) {
            for (Instruction.Choice choice : choices) {
                size += 2 * INSTRUCTION + LABEL * Math.max(0, choice.intervals().size() - 1);
            }
        }
        return size;
    }

    private static int size(Term term) {
        int[] size = new int[1];
        Walk.deep(term, t -> size[0] += t instanceof Term.Call ? CALL : TERM);
        return size[0];
    }

    /// The same instructions, with chains of conditions and choices too long for a method cut in two.
    static List<Instruction> narrowed(List<Instruction> instructions) {
        return instructions.stream().map(Parts::narrowed).toList();
    }

    private static Instruction narrowed(Instruction instruction) {
        return switch (instruction) {
            case Instruction.If(var branches, var otherwise, var span) -> {
                List<Instruction.Branch> all = branches.stream()
                        .map(b -> new Instruction.Branch(b.condition(), narrowed(b.body()), b.span()))
                        .toList();
                List<Integer> cuts = new ArrayList<>(List.of(0));
                for (int at = fitting(all); at < all.size(); at += fitting(all.subList(at, all.size()))) {
                    cuts.add(at);
                }
                yield behindEachOther(all, cuts, narrowed(otherwise), (b, o) -> new Instruction.If(b, o, span));
            }
            case Instruction.Case(var selector, var choices, var otherwise, var span) -> {
                List<Instruction.Choice> all = choices.stream()
                        .map(c -> new Instruction.Choice(c.intervals(), narrowed(c.body()), c.span()))
                        .toList();
                List<Integer> cuts = new ArrayList<>(List.of(0));
                int size = 0;
                for (int at = 0; at < all.size() && Effects.isPure(selector); at++) {
                    int own = SMALL + LABEL * (all.get(at).intervals().size() - 1);
                    if (size + own > LIMIT && at > 0) {
                        cuts.add(at);
                        size = 0;
                    }
                    size += own;
                }
                yield behindEachOther(
                        all, cuts, narrowed(otherwise), (c, o) -> new Instruction.Case(selector, c, o, span));
            }
            case Instruction.For(var variable, var from, var to, var by, var body, var span) ->
                new Instruction.For(variable, from, to, by, narrowed(body), span);
            case Instruction.While(var condition, var body, var span) ->
                new Instruction.While(condition, narrowed(body), span);
            case Instruction.Repeat(var body, var until, var span) ->
                new Instruction.Repeat(narrowed(body), until, span);
            default -> instruction;
        };
    }

    /// Parts of a chain, each where nothing of the one before it was chosen.
    ///
    /// @param cuts where parts begin, from 0 on
    private static <B> Instruction behindEachOther(
            List<B> all,
            List<Integer> cuts,
            List<Instruction> otherwise,
            BiFunction<List<B>, List<Instruction>, Instruction> part) {
        int end = all.size();
        List<Instruction> rest = otherwise;
        for (int cut : cuts.reversed()) {
            rest = List.of(part.apply(all.subList(cut, end), rest));
            end = cut;
        }
        return rest.getFirst();
    }

    /// How many branches one method can look at, at least one.
    private static int fitting(List<Instruction.Branch> branches) {
        int size = 0;
        for (int i = 0; i < branches.size(); i++) {
            size += size(branches.get(i).condition()) + SMALL;
            if (size > LIMIT && i > 0) {
                return i;
            }
        }
        return branches.size();
    }

    /// How instructions may end apart from reaching their end.
    static boolean leaves(List<Instruction> instructions, int how) {
        for (Instruction instruction : instructions) {
            boolean found = switch (instruction) {
                case Instruction.Return _ -> how == RETURN;
                case Instruction.Exit _ -> how == EXIT;
                case Instruction.Continue _ -> how == CONTINUE;
                case Instruction.If(var branches, var otherwise, var _) ->
                    leaves(otherwise, how) || branches.stream().anyMatch(b -> leaves(b.body(), how));
                case Instruction.Case(var _, var choices, var otherwise, var _) ->
                    leaves(otherwise, how) || choices.stream().anyMatch(c -> leaves(c.body(), how));
                case Instruction.For loop -> how == RETURN && leaves(loop.body(), how);
                case Instruction.While loop -> how == RETURN && leaves(loop.body(), how);
                case Instruction.Repeat loop -> how == RETURN && leaves(loop.body(), how);
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return false;
    }
}
