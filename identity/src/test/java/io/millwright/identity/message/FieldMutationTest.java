package io.millwright.identity.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every field of every message truncated, enlarged and with each of its bits flipped. The messages are another
/// implementation's, and where their fields lie is told by a grammar of its own: no field can be forgotten.
public class FieldMutationTest {

    static final List<String> MESSAGES = Golden.MESSAGES;

    /// Behind these a message may end: what is missing is the length of a credential that is not there.
    private static final String MAY_BE_MISSING = "credential.length";

    /// A changed message.
    ///
    /// @param what field and change, for people
    public record Mutant(String what, byte[] bytes) {}

    @Test
    void everyMessageHasALayout() {
        assertEquals(new HashSet<>(Golden.MESSAGES), MessageLayout.BODIES.keySet());
        for (String name : Golden.MESSAGES) {
            byte[] bytes = Golden.read(name).toByteArray();
            int octets =
                    fields(name).stream().mapToInt(MessageLayout.Field::octets).sum();
            assertEquals(bytes.length, octets, "no octet of " + name + " is without a field");
        }
    }

    private static List<MessageLayout.Field> fields(String name) {
        return MessageLayout.fields(name, Golden.read(name).toByteArray());
    }

    /// Every mutant of a golden message.
    public static List<Mutant> mutants(String name) {
        byte[] golden = Golden.read(name).toByteArray();
        var mutants = new ArrayList<Mutant>();
        for (var field : MessageLayout.fields(name, golden)) {
            mutants.add(cutInside(golden, field));
            mutants.add(spliced(golden, field, -1));
            mutants.add(spliced(golden, field, 1));
            mutants.add(repaired(golden, field, -1));
            mutants.add(repaired(golden, field, 1));
            for (int bit = 0; bit < 8 * field.octets(); bit++) {
                byte[] bytes = golden.clone();
                bytes[field.at() + bit / 8] ^= (byte) (0x80 >> bit % 8);
                mutants.add(new Mutant(field.name() + ", bit " + bit + " flipped", bytes));
            }
            if (field.kind() != MessageLayout.Kind.PLAIN) {
                for (int lie : new int[] {0x7fffffff, -1, 0x00040001, 0x00000801}) {
                    mutants.add(new Mutant(
                            field.name() + " is " + Integer.toUnsignedString(lie),
                            ByteBuffer.wrap(golden.clone())
                                    .putInt(field.at(), lie)
                                    .array()));
                }
            }
        }
        return mutants;
    }

    /// The message ends in the middle of the field.
    private static Mutant cutInside(byte[] golden, MessageLayout.Field field) {
        int end = field.at() + field.octets() / 2;
        return new Mutant(field.name() + " cut", java.util.Arrays.copyOf(golden, end));
    }

    /// One octet more or fewer in the field, and all lengths as they were.
    private static Mutant spliced(byte[] golden, MessageLayout.Field field, int more) {
        int end = field.at() + field.octets();
        var out = new WireWriter(golden.length + 1).plain(golden, 0, Math.min(end, end + more));
        if (more > 0) {
            out.u8('x');
        }
        out.plain(golden, end, golden.length);
        return new Mutant(field.name() + (more > 0 ? " longer" : " shorter"), out.toByteArray());
    }

    /// The same with the length of the body put right.
    private static Mutant repaired(byte[] golden, MessageLayout.Field field, int more) {
        var mutant = spliced(golden, field, more);
        if (field.at() < Header.BYTES) {
            return mutant;
        }
        var bytes = ByteBuffer.wrap(mutant.bytes());
        bytes.putInt(Header.BODY_LENGTH_AT, bytes.getInt(Header.BODY_LENGTH_AT) + more);
        return new Mutant(mutant.what() + ", body length right", mutant.bytes());
    }

    /// Each is another message, told and read as itself, or malformed with a reason.
    @ParameterizedTest
    @FieldSource("MESSAGES")
    void mutantsAreAMessageOrMalformed(String name) throws Exception {
        int malformed = 0;
        for (var mutant : mutants(name)) {
            try {
                var message = Message.decode(mutant.bytes(), 0, mutant.bytes().length);
                byte[] again = message.encode();
                assertEquals(message, Message.decode(again, 0, again.length), mutant.what());
            } catch (MalformedException e) {
                malformed++;
                assertTrue(!e.getMessage().isEmpty() && e.getMessage().length() < 300, mutant.what());
            }
        }
        assertTrue(malformed > 20, name + ": only " + malformed + " were refused");
    }

    /// A message that ends early, and a length or count that promises what does not come, are never taken.
    @ParameterizedTest
    @FieldSource("MESSAGES")
    void whatIsCutShortOrPromisesTooMuchIsRefused(String name) {
        byte[] golden = Golden.read(name).toByteArray();
        for (var field : fields(name)) {
            if (!field.name().equals(MAY_BE_MISSING) || field.octets() > 4) {
                refused(cutInside(golden, field));
            }
            if (field.kind() != MessageLayout.Kind.PLAIN) {
                for (int lie : new int[] {0x7fffffff, -1, golden.length}) {
                    var bytes = ByteBuffer.wrap(golden.clone()).putInt(field.at(), lie);
                    refused(new Mutant(field.name() + " is " + lie, bytes.array()));
                }
            }
        }
    }

    private static void refused(Mutant mutant) {
        byte[] bytes = mutant.bytes();
        assertThrows(MalformedException.class, () -> Message.decode(bytes, 0, bytes.length), mutant.what());
    }

    /// RFC 3652, section 2.2.2: flags without a name are left alone, unknown operations and codes keep their number and
    /// their octets.
    @Test
    void whatIsUnknownIsKept() throws Exception {
        for (int code :
                IntStream.of(3, 999, 1004, 2002, 65_536, Integer.MAX_VALUE, -1).toArray()) {
            var request = new Header(code, 0, 0x0000_00ff, Header.NO_SITE, 0, 0);
            byte[] bytes = Message.of(request, new Body.Opaque(io.millwright.identity.wire.Octets.hex("0102")))
                    .encode();
            var read = Message.decode(bytes, 0, bytes.length);
            assertEquals(
                    Map.of(code, 0x0000_00ff),
                    Map.of(read.header().opCode(), read.header().flags()));
            assertTrue(read.body() instanceof Body.Opaque, "operation " + code);
        }
    }
}
