package io.millwright.iec61131.differential;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Runs random programs in both back ends; every variable and every trap must be the same after every scan.
///
/// Each program has a seed of its own; the first one is drawn from the clock. `-Dmw.seed=…` begins at that
/// seed, and `-Dmw.programs=…` says how many are run.
class DifferentialTest {
    private static final int USUAL = 300;
    private static final int TOGETHER = 50;
    private static final int SHRINKING_STEPS = 400;

    @Test
    void bothBackEndsAgree() {
        int programs = Integer.getInteger("mw.programs", USUAL);
        long first = Long.getLong("mw.seed", System.nanoTime());
        for (int done = 0; done < programs; done += TOGETHER) {
            int count = Math.min(TOGETHER, programs - done);
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                nodes.add(Generator.program(first + done + i, "_" + i));
            }
            if (difference(Node.root(nodes)).isPresent()) {
                for (int i = 0; i < count; i++) {
                    alone(first + done + i, nodes.get(i));
                }
                fail("only together, seeds from " + (first + done) + ": " + difference(Node.root(nodes)));
            }
        }
    }

    private static Optional<String> difference(Node program) {
        return Differential.difference(Generator.text(program));
    }

    private static void alone(long seed, Node program) {
        Optional<String> difference = difference(program);
        if (difference.isPresent()) {
            Node small = shrunk(program);
            fail("seed %d (replay with -Dmw.seed=%d -Dmw.programs=1): %s%n%s"
                    .formatted(seed, seed, difference(small).orElse(difference.get()), Generator.text(small)));
        }
    }

    /// A program with fewer statements that still differs.
    private static Node shrunk(Node program) {
        Node smallest = program;
        int steps = 0;
        boolean found = true;
        while (found) {
            found = false;
            for (Node less : smallest.smaller()) {
                if (steps++ < SHRINKING_STEPS && differs(less)) {
                    smallest = less;
                    found = true;
                    break;
                }
            }
        }
        return smallest;
    }

    private static boolean differs(Node program) {
        try {
            return difference(program).isPresent();
        } catch (IllegalArgumentException _) {
            // What was taken away was needed.
            return false;
        }
    }
}
