package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Code of instructions.
final class Instructions {
    /// Ranges in CASE up to this length become entries of a switch.
    private static final long SWITCHED_RANGE = 64;

    private final Environment environment;
    private final CodeBuilder code;
    private final Terms terms;
    private final int mark;
    private final Leaving end;
    private final Deque<Loop> loops = new ArrayDeque<>();

    /// Whether the lists that are written next stand in an instruction that is too large for one method.
    private boolean oversize;

    /// What the loop that is being written keeps in locals; null where none does.
    private @Nullable KeptVariables kept;

    private record Loop(Label next, Label end) {}

    /// @param mark the local that tells which texts are to be freed, or -1 where the routine makes none
    /// @param end where RETURN goes
    Instructions(Environment environment, int mark, Leaving end) {
        this.environment = environment;
        this.code = environment.code();
        this.terms = new Terms(environment);
        this.mark = mark;
        this.end = end;
    }

    /// How the method is left before its end.
    ///
    /// @param parts of the routine, or null where it is small enough for one method
    /// @param end where RETURN goes, or null within a part, which gives back [Parts#RETURN]
    /// @param arguments pushes what every part is given
    record Leaving(@Nullable Parts parts, @Nullable Label end, Runnable arguments) {}

    void all(List<Instruction> instructions) {
        Parts parts = end.parts();
        boolean whole = oversize;
        oversize = false;
        if (parts == null) {
            each(instructions);
        } else if (whole && parts.extents().size(instructions) > Parts.SMALL) {
            callPart(parts, instructions);
        } else if (parts.extents().size(instructions) <= Parts.LIMIT) {
            each(instructions);
        } else {
            inParts(parts, instructions);
        }
        oversize = whole;
    }

    private void each(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            code.lineNumber(instruction.span().codeLine());
            one(instruction);
        }
    }

    private void inParts(Parts parts, List<Instruction> instructions) {
        List<Instruction> part = new ArrayList<>();
        int size = 0;
        for (Instruction instruction : instructions) {
            int more = parts.extents().size(List.of(instruction));
            if (size + more > Parts.LIMIT && !part.isEmpty()) {
                callPart(parts, part);
                part.clear();
                size = 0;
            }
            if (more > Parts.LIMIT) {
                code.lineNumber(instruction.span().codeLine());
                oversize = true;
                one(instruction);
                oversize = false;
            } else {
                part.add(instruction);
                size += more;
            }
        }
        if (!part.isEmpty()) {
            callPart(parts, part);
        }
    }

    private void callPart(Parts parts, List<Instruction> instructions) {
        Parts.Part part = parts.part(instructions);
        code.lineNumber(instructions.getFirst().span().codeLine());
        end.arguments().run();
        code.invokestatic(parts.type(), part.name(), parts.descriptor());
        int ended = code.allocateLocal(TypeKind.INT);
        code.istore(ended);
        for (int how = Parts.RETURN; how <= Parts.CONTINUE; how++) {
            if (parts.extents().leaves(instructions, how)) {
                Label other = code.newLabel();
                code.iload(ended).loadConstant(how).if_icmpne(other);
                leave(how);
                code.labelBinding(other);
            }
        }
    }

    private void leave(int how) {
        freeAll();
        if (how == Parts.RETURN && kept != null) {
            kept.putBack();
        }
        if (how == Parts.RETURN && end.end() != null) {
            code.goto_(end.end());
        } else if (how == Parts.RETURN || loops.isEmpty()) {
            code.loadConstant(how).ireturn();
        } else {
            code.goto_(
                    how == Parts.EXIT
                            ? loops.getFirst().end()
                            : loops.getFirst().next());
        }
    }

    private void one(Instruction instruction) {
        switch (instruction) {
            case Instruction.Assign(var place, var value, var _) -> {
                terms.places().store(place, value);
                freeTexts(instruction);
            }
            case Instruction.Bind(var place, var value, var _) -> {
                terms.places().prepare(place);
                boolean open = place instanceof Place.Field && place.type().resolved() instanceof OpenArrayType;
                if (open) {
                    code.dup();
                    terms.places().loadPrepared(place);
                }
                terms.push(value);
                if (open) {
                    terms.calls().heldOpen(value.type());
                }
                terms.places().bindPrepared(place);
            }
            case Instruction.Evaluate(var term, var _) -> {
                terms.push(term);
                drop(term);
                freeTexts(instruction);
            }
            case Instruction.If branches -> conditional(branches);
            case Instruction.Case choice -> choice(choice);
            case Instruction.For loop ->
                keeping(loop, () -> {
                    new CountedLoop(environment, terms).emit(loop, this::body);
                    freeTexts(loop);
                });
            case Instruction.While loop -> keeping(loop, () -> repeated(loop));
            case Instruction.Repeat loop -> keeping(loop, () -> repeated(loop));
            case Instruction.Exit _ -> leave(Parts.EXIT);
            case Instruction.Continue _ -> leave(Parts.CONTINUE);
            case Instruction.Return _ -> leave(Parts.RETURN);
        }
    }

    /// Writes a loop, with what it can keep in locals there, and with forced elements set again after it.
    private void keeping(Instruction instruction, Runnable written) {
        DeferredForces deferred = DeferredForces.of(instruction, environment);
        boolean defers = end.parts() == null && !deferred.isEmpty();
        Runnable loop = defers ? () -> deferred.around(written) : written;
        boolean possible = kept == null && end.parts() == null;
        KeptVariables own = possible ? KeptVariables.of(instruction, environment) : null;
        if (own == null || own.isEmpty()) {
            SplitVariables split = SplitVariables.begin(instruction, environment);
            loop.run();
            split.end();
            return;
        }
        kept = own;
        own.around(loop);
        kept = null;
    }

    private void body(List<Instruction> body, Label next, Label done) {
        loops.push(new Loop(next, done));
        all(body);
        loops.pop();
    }

    private void freeTexts(Instruction instruction) {
        if (mark >= 0 && Effects.usesTexts(instruction)) {
            free();
        }
    }

    /// Before a jump out of instructions that would have freed texts.
    private void freeAll() {
        if (mark >= 0) {
            free();
        }
    }

    private void free() {
        code.aload(Environment.MACHINE_SLOT).iload(mark);
        code.invokevirtual(JavaTypes.desc(Machine.class), "release", MethodTypeDesc.of(CD_void, ConstantDescs.CD_int));
    }

    /// Takes the unwanted value of a term from the stack.
    private void drop(Term term) {
        if (term instanceof Term.Call(Signature routine, var _, var _, var _, var _, var type, var _)) {
            if (routine.result() == null) {
                return;
            }
            pop(type);
        } else {
            pop(term.type());
        }
    }

    private void pop(Type type) {
        if (environment.types().kind(type).slotSize() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    private void conditional(Instruction.If branches) {
        Label done = code.newLabel();
        boolean texts = mark >= 0 && Effects.usesTexts(branches);
        for (Instruction.Branch branch : branches.branches()) {
            Label other = code.newLabel();
            code.lineNumber(branch.span().codeLine());
            terms.conditions().unless(branch.condition(), other);
            all(branch.body());
            code.goto_(done).labelBinding(other);
        }
        all(branches.otherwise());
        code.labelBinding(done);
        if (texts) {
            free();
        }
    }

    private void repeated(Instruction.While loop) {
        Label next = code.newLabel();
        Label done = code.newLabel();
        Turns turns = Turns.begin(code, loop);
        freeTexts(loop);
        terms.conditions().unless(loop.condition(), done);
        body(loop.body(), next, done);
        code.labelBinding(next).lineNumber(loop.span().codeLine());
        turns.again();
        code.labelBinding(done);
        freeTexts(loop);
    }

    private void repeated(Instruction.Repeat loop) {
        Label next = code.newLabel();
        Label done = code.newLabel();
        Turns turns = Turns.begin(code, loop);
        body(loop.body(), next, done);
        code.labelBinding(next).lineNumber(loop.span().codeLine());
        freeTexts(loop);
        terms.conditions().when(loop.until(), done);
        turns.again();
        code.labelBinding(done);
        freeTexts(loop);
    }

    private void choice(Instruction.Case choice) {
        Elementary type = Terms.elementary(choice.selector().type());
        Label otherwise = code.newLabel();
        Label done = code.newLabel();
        List<Label> labels = choice.choices().stream().map(_ -> code.newLabel()).toList();
        terms.push(choice.selector());
        if (type.isLong() || isWide(choice)) {
            compared(choice, type, labels, otherwise);
        } else {
            switched(choice, labels, otherwise);
        }
        for (int i = 0; i < labels.size(); i++) {
            code.labelBinding(labels.get(i));
            all(choice.choices().get(i).body());
            code.goto_(done);
        }
        code.labelBinding(otherwise);
        all(choice.otherwise());
        code.labelBinding(done);
        freeTexts(choice);
    }

    private static boolean isWide(Instruction.Case choice) {
        return choice.choices().stream()
                .flatMap(c -> c.intervals().stream())
                .anyMatch(i -> i.last() - i.first() >= SWITCHED_RANGE);
    }

    private void switched(Instruction.Case choice, List<Label> labels, Label otherwise) {
        Set<Integer> seen = new TreeSet<>();
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            for (Instruction.Interval interval : choice.choices().get(i).intervals()) {
                for (long value = interval.first(); value <= interval.last(); value++) {
                    if (seen.add((int) value)) {
                        cases.add(SwitchCase.of((int) value, labels.get(i)));
                    }
                }
            }
        }
        cases.sort((a, b) -> Integer.compare(a.caseValue(), b.caseValue()));
        if (cases.isEmpty()) {
            code.pop().goto_(otherwise);
            return;
        }
        int low = cases.getFirst().caseValue();
        int high = cases.getLast().caseValue();
        boolean dense = (long) high - low < 4L * cases.size() + 8;
        if (dense) {
            code.tableswitch(low, high, otherwise, cases);
        } else {
            code.lookupswitch(otherwise, cases);
        }
    }

    private void compared(Instruction.Case choice, Elementary type, List<Label> labels, Label otherwise) {
        int selector = code.allocateLocal(TypeKind.LONG);
        if (!type.isLong()) {
            code.i2l();
            if (type == Elementary.UDINT || type == Elementary.DWORD) {
                code.loadConstant(0xFFFF_FFFFL).land();
            }
        }
        code.lstore(selector);
        MethodTypeDesc order = MethodTypeDesc.of(ConstantDescs.CD_int, CD_long, CD_long);
        String method = type.isUnsigned() ? "compareUnsigned" : "compare";
        for (int i = 0; i < labels.size(); i++) {
            for (Instruction.Interval interval : choice.choices().get(i).intervals()) {
                Label miss = code.newLabel();
                code.lload(selector).loadConstant(interval.first());
                code.invokestatic(JavaTypes.desc(Long.class), method, order).iflt(miss);
                code.lload(selector).loadConstant(interval.last());
                code.invokestatic(JavaTypes.desc(Long.class), method, order).ifle(labels.get(i));
                code.labelBinding(miss);
            }
        }
        code.goto_(otherwise);
    }
}
