package io.millwright.bench.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is compared for speed must compute the same: the C, written by hand from the same description, says
/// what that is.
class KernelTest {

    private static final List<Integer> BATCHES = List.of(1, 2, 40);

    @ParameterizedTest
    @EnumSource
    void structuredTextAndHandwrittenCMakeTheSameSums(Kernel kernel, @TempDir Path folder) throws Exception {
        Compilers compilers = Compilers.here();
        var hand = compilers.hand(kernel, folder);
        assumeTrue(hand.isPresent(), "gcc is not installed");
        try (Contender c = hand.get();
                Contender ours = compilers.ours(kernel, Scanner.Mode.PLAIN, folder)) {
            for (int scans : BATCHES) {
                c.run(scans, false);
                ours.run(scans, false);
                assertEquals(c.sum(), ours.sum(), kernel.title());
            }
        }
    }
}
