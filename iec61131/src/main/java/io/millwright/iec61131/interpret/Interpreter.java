package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Checks;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Elementary;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Does instructions.
final class Interpreter {
    private final InterpretMachine machine;
    private final Activation activation;
    private final Evaluator evaluator;

    Interpreter(InterpretMachine machine, Activation activation) {
        this.machine = machine;
        this.activation = activation;
        this.evaluator = new Evaluator(machine, activation);
    }

    /// How a list of instructions ended.
    private enum End {
        NORMAL,
        EXIT,
        CONTINUE,
        RETURN
    }

    void run(List<Instruction> body) {
        all(body);
    }

    /// Does instructions that belong to a place where others are done.
    void within(Span place, List<Instruction> instructions) {
        all(instructions);
        activation.at(place);
    }

    private End all(List<Instruction> instructions) {
        for (Instruction instruction : instructions) {
            // One statement may have become several instructions.
            if (!instruction.span().equals(activation.at())) {
                reach(instruction.span());
            }
            End end = one(instruction);
            if (end != End.NORMAL) {
                return end;
            }
        }
        return End.NORMAL;
    }

    /// Comes to an instruction, or again to the head of one that has others within it.
    private void reach(Span place) {
        activation.at(place);
        machine.reached();
    }

    private End one(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Assign assign -> assign(assign);
            case Instruction.Bind(var place, var value, var _) -> {
                Location location = evaluator.locate(place);
                location.store(evaluator.value(value));
                yield End.NORMAL;
            }
            case Instruction.Evaluate(var term, var _) -> {
                evaluator.value(term);
                yield End.NORMAL;
            }
            case Instruction.If branches -> conditional(branches);
            case Instruction.Case choice -> choice(choice);
            case Instruction.For loop -> counted(loop);
            case Instruction.While loop -> repeated(loop);
            case Instruction.Repeat loop -> repeated(loop);
            case Instruction.Exit _ -> End.EXIT;
            case Instruction.Continue _ -> End.CONTINUE;
            case Instruction.Return _ -> End.RETURN;
        };
    }

    private End assign(Instruction.Assign assign) {
        Location location = evaluator.locate(assign.place());
        if (assign.place().isObject()) {
            Object target = Objects.requireNonNull(location.load());
            Object source = Objects.requireNonNull(evaluator.value(assign.value()));
            Memory.copy(target, source, assign.place().type());
        } else {
            location.store(evaluator.value(assign.value()));
        }
        machine.enforce();
        return End.NORMAL;
    }

    private End conditional(Instruction.If branches) {
        boolean first = true;
        for (Instruction.Branch branch : branches.branches()) {
            if (!first) {
                reach(branch.span());
            }
            first = false;
            if (evaluator.truth(branch.condition())) {
                return all(branch.body());
            }
        }
        return all(branches.otherwise());
    }

    private End choice(Instruction.Case choice) {
        return all(machine.table(choice).body(evaluator.whole(choice.selector())));
    }

    private End counted(Instruction.For loop) {
        Elementary type = Arithmetic.elementary(loop.variable().type());
        evaluator.store(loop.variable(), loop.from());
        long to = evaluator.whole(loop.to());
        long by = Checks.step(evaluator.whole(loop.by()));
        while (true) {
            machine.poll();
            int order = Whole.compare(type, variable(loop), to);
            if (by > 0 ? order > 0 : order < 0) {
                return End.NORMAL;
            }
            End end = all(loop.body());
            if (end == End.RETURN || end == End.EXIT) {
                return end == End.RETURN ? end : End.NORMAL;
            }
            reach(loop.span());
            BigInteger next = Whole.number(type, variable(loop)).add(BigInteger.valueOf(by));
            if (!Whole.fits(type, next)) {
                return End.NORMAL;
            }
            evaluator.locate(loop.variable()).store(next.longValue());
            machine.enforce();
        }
    }

    private long variable(Instruction.For loop) {
        return (Long) loaded(evaluator.locate(loop.variable()).load());
    }

    private static Object loaded(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }

    private End repeated(Instruction.While loop) {
        while (true) {
            machine.poll();
            if (!evaluator.truth(loop.condition())) {
                return End.NORMAL;
            }
            End end = all(loop.body());
            if (end == End.RETURN || end == End.EXIT) {
                return end == End.RETURN ? end : End.NORMAL;
            }
            reach(loop.span());
        }
    }

    private End repeated(Instruction.Repeat loop) {
        while (true) {
            machine.poll();
            End end = all(loop.body());
            if (end == End.RETURN || end == End.EXIT) {
                return end == End.RETURN ? end : End.NORMAL;
            }
            reach(loop.span());
            if (evaluator.truth(loop.until())) {
                return End.NORMAL;
            }
        }
    }
}
