package io.millwright.iec61131.interpret;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CaseTableTest {
    private static final Span PLACE = new Source("test", "").span(0, 0);

    /// A list of its own, by which it is known.
    private static List<Instruction> body() {
        return List.of(new Instruction.Return(PLACE));
    }

    private static long drawn(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Long.MAX_VALUE - random.nextInt(4);
            case 1 -> Long.MIN_VALUE + random.nextInt(4);
            default -> random.nextInt(-20, 20);
        };
    }

    /// 7.3.3.3.3: the first label that has the value is taken; none, ELSE. Labels that follow each other closely, lie
    /// in each other, and stand at the ends of the type, signed and not.
    @Test
    void theFirstLabelThatHasTheValueIsTaken() {
        Property.check(2000, random -> {
            Elementary type = random.nextBoolean() ? Elementary.LINT : Elementary.ULINT;
            Comparator<Long> order = type == Elementary.LINT ? Long::compare : Long::compareUnsigned;
            List<Instruction.Choice> choices = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                List<Instruction.Interval> intervals = new ArrayList<>();
                for (int j = random.nextInt(1, 4); j > 0; j--) {
                    long a = drawn(random);
                    long b = random.nextBoolean() ? a : drawn(random);
                    boolean ascending = order.compare(a, b) <= 0;
                    intervals.add(new Instruction.Interval(ascending ? a : b, ascending ? b : a));
                }
                choices.add(new Instruction.Choice(intervals, body(), PLACE));
            }
            var selector = new Term.Constant(type, new Value.Whole(0));
            var choice = new Instruction.Case(selector, choices, body(), PLACE);
            CaseTable table = CaseTable.of(choice);
            for (int i = 0; i < 40; i++) {
                long value = drawn(random);
                assertSame(expected(choice, order, value), table.body(value));
            }
        });
    }

    private static List<Instruction> expected(Instruction.Case choice, Comparator<Long> order, long value) {
        for (Instruction.Choice one : choice.choices()) {
            for (Instruction.Interval interval : one.intervals()) {
                if (order.compare(interval.first(), value) <= 0 && order.compare(value, interval.last()) <= 0) {
                    return one.body();
                }
            }
        }
        return choice.otherwise();
    }
}
