package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_int;

import io.millwright.iec61131.ir.Instruction;
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
/// @param extents of its instructions
record Parts(ClassDesc type, MethodTypeDesc descriptor, Map<Parts.Key, Parts.Part> known, Extents extents) {
    /// The part was done to its end.
    static final int NORMAL = 0;

    /// RETURN.
    static final int RETURN = 1;

    /// EXIT of a loop around the part.
    static final int EXIT = 2;

    /// CONTINUE of a loop around the part.
    static final int CONTINUE = 3;

    /// How large a part may be, by [Extents#size]: about a third of what the JVM compiles, since that is an estimate.
    static final int LIMIT = 2_500;

    /// What is worth a method of its own within an instruction that is too large as a whole.
    static final int SMALL = 60;

    /// What is not worth a method of its own where it is chosen among others.
    private static final int FEW = 4 * SMALL;

    /// What another label of a choice adds.
    static final int LABEL = 8;

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

    Parts(ClassDesc type, MethodTypeDesc routine, List<ClassDesc> frame, Extents extents) {
        List<ClassDesc> parameters = new ArrayList<>(routine.parameterList());
        parameters.addAll(frame);
        this(type, MethodTypeDesc.of(CD_int, parameters), new LinkedHashMap<>(), extents);
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

    /// The same instructions, with chains of conditions and choices too long for a method cut in two.
    List<Instruction> narrowed(List<Instruction> instructions) {
        return instructions.stream().map(this::narrowed).toList();
    }

    private Instruction narrowed(Instruction instruction) {
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
                var whole = new Instruction.Case(selector, all, narrowed(otherwise), span);
                yield Effects.isPure(selector) ? chosen(whole) : whole;
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

    /// A choice among many as one among a few groups of them, and so on; a chain where the labels of the groups
    /// would be as many as those of the choices.
    private Instruction chosen(Instruction.Case all) {
        List<Instruction.Choice> choices = all.choices();
        List<Integer> cuts = new ArrayList<>(List.of(0));
        int size = 0;
        for (int at = 0; at < choices.size(); at++) {
            int own = size(choices.get(at));
            if (size + own > LIMIT && at > 0) {
                cuts.add(at);
                size = 0;
            }
            size += own;
        }
        if (cuts.size() == 1) {
            return all;
        }
        List<Instruction.Choice> groups = new ArrayList<>();
        for (int i = 0; i < cuts.size(); i++) {
            groups.add(
                    group(all, choices.subList(cuts.get(i), i + 1 < cuts.size() ? cuts.get(i + 1) : choices.size())));
        }
        int before = choices.stream().mapToInt(this::size).sum();
        return groups.stream().mapToInt(this::size).sum() <= before / 2
                ? chosen(new Instruction.Case(all.selector(), groups, all.otherwise(), all.span()))
                : behindEachOther(
                        choices,
                        cuts,
                        all.otherwise(),
                        (c, o) -> new Instruction.Case(all.selector(), c, o, all.span()));
    }

    private static Instruction.Choice group(Instruction.Case all, List<Instruction.Choice> choices) {
        List<Instruction.Interval> joined = new ArrayList<>();
        for (Instruction.Choice choice : choices) {
            for (Instruction.Interval next : choice.intervals()) {
                Instruction.Interval last = joined.isEmpty() ? next : joined.getLast();
                // Behind -1 an unsigned selector has no values.
                boolean follows = !joined.isEmpty() && last.last() != -1 && last.last() + 1 == next.first();
                if (follows) {
                    joined.removeLast();
                }
                joined.add(follows ? new Instruction.Interval(last.first(), next.last()) : next);
            }
        }
        var among = new Instruction.Case(all.selector(), choices, List.of(), all.span());
        return new Instruction.Choice(joined, List.of(among), choices.getFirst().span());
    }

    /// What a choice takes where it is chosen: its instructions if they are few, else a call of a part.
    private int size(Instruction.Choice choice) {
        int body = extents.size(choice.body());
        return (body > FEW ? 0 : body) + SMALL + LABEL * (choice.intervals().size() - 1);
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
            size += Extents.size(branches.get(i).condition()) + SMALL;
            if (size > LIMIT && i > 0) {
                return i;
            }
        }
        return branches.size();
    }
}
