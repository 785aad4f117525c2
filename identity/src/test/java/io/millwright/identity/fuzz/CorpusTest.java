package io.millwright.identity.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.millwright.testkit.Property;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What fuzzing has found is taken as it should be, now and after every change; so is what is made from it.
class CorpusTest {

    /// Those that only read fields. Others compute.
    private static final Set<String> LEAN = Set.of(
            "envelope",
            "message",
            "value",
            "site",
            "administrator",
            "references",
            "handle",
            "packed-record",
            "template");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<String> codecs() {
        return Codecs.names();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void whatWasFoundIsTaken(String name) throws Exception {
        var codec = Codecs.named(name);
        var inputs = Corpus.of(codec);
        assertTrue(!inputs.isEmpty(), "no seeds");
        for (byte[] input : inputs) {
            codec.check().holds(input);
        }
        for (byte[] input : inputs) {
            assertTrue(octetsFor(codec, input) <= octetsMax(name, input), () -> name + ": too much memory");
        }
    }

    /// Room is made for what came, not for what a length says will come.
    private static long octetsMax(String name, byte[] input) {
        return LEAN.contains(name) ? 65_536 + 128L * input.length : 16L << 20;
    }

    private static long octetsFor(Codec codec, byte[] input) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        codec.check().holds(input);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void whatIsMadeFromItIsTakenToo(String name) throws Exception {
        var codec = Codecs.named(name);
        var inputs = Corpus.of(codec);
        Property.check(
                LEAN.contains(name) ? 20_000 : 500, random -> codec.check().holds(mutated(inputs, random)));
    }

    private static byte[] mutated(List<byte[]> inputs, SplittableRandom random) {
        byte[] bytes = inputs.get(random.nextInt(inputs.size())).clone();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            bytes = switch (random.nextInt(4)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> with(bytes, at, (byte) random.nextInt());
                case 2 -> spliced(bytes, at, inputs.get(random.nextInt(inputs.size())), random);
                default -> with(bytes, at, (byte) (bytes.length == 0 ? 0 : bytes[at] ^ 1 << random.nextInt(8)));
            };
        }
        return bytes;
    }

    private static byte[] with(byte[] bytes, int at, byte octet) {
        byte[] changed = Arrays.copyOf(bytes, Math.max(1, bytes.length));
        changed[at] = octet;
        return changed;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] other, SplittableRandom random) {
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        int length = Math.min(other.length - from, 2048 - Math.min(2048, at));
        byte[] joined = Arrays.copyOf(bytes, at + length);
        System.arraycopy(other, from, joined, at, length);
        return joined;
    }
}
