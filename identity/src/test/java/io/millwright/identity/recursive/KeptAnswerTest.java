package io.millwright.identity.recursive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.wire.Octets;
import java.util.List;
import java.util.Optional;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.ErrorResponse;
import net.handle.hdllib.MessageEnvelope;
import net.handle.hdllib.ResolutionResponse;
import org.junit.jupiter.api.Test;

/// What is kept, read by our decoder and by the public one.
class KeptAnswerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final HandleRecord RECORD = new HandleRecord(
            Handle.of("88.118/Pümp"),
            List.of(
                    value(1, "URL", "http://a", TimeToLive.relative(100)),
                    value(2, "DESC", "ein Rührwerk", new TimeToLive(1, 1_900_000_000)),
                    value(3, "DESC", "", TimeToLive.relative(5)),
                    value(4, "DESC", "for ever", TimeToLive.relative(-1))));

    private static HandleValue value(int index, String type, String text, TimeToLive ttl) {
        return new HandleValue(index, type, Octets.utf8(text), Permissions.PUBLISHED, ttl, 7, List.of());
    }

    private static byte[] message(int code, Body body) {
        return Message.of(new Header(OpCode.RESOLUTION, code, 0, 1, 0, 0), body).encode();
    }

    private static Body.ResolutionResponse read(Body body) throws Exception {
        byte[] bytes = message(ResponseCode.SUCCESS, body);
        return assertInstanceOf(
                Body.ResolutionResponse.class,
                Message.decode(bytes, 0, bytes.length).body());
    }

    private static List<Long> lifetimes(Body.ResolutionResponse response) {
        return response.values().stream()
                .map(v -> Integer.toUnsignedLong(v.ttl().seconds()))
                .toList();
    }

    @Test
    void valuesAreToldWithWhatIsLeftOfTheirTtl() throws Exception {
        var kept = KeptAnswer.found(RECORD, SECOND);
        assertEquals(RECORD, kept.found());
        var now = read(kept.fresh(RECORD.handle(), 0));
        assertEquals(RECORD.values(), now.values());
        var later = read(kept.fresh(Handle.of("88.118/pümP"), 3 * SECOND + 1));
        assertEquals("88.118/pümP", later.handle().toString());
        assertEquals(List.of(96L, 1_900_000_000L, 1L, 4_294_967_291L), lifetimes(later));
        assertEquals(RECORD.values(), read(kept.fresh(RECORD.handle(), 0)).values(), "the copy was changed, not it");
    }

    @Test
    void whatIsStaleSaysHowOldItIs() throws Exception {
        var stale = read(KeptAnswer.found(RECORD, SECOND).stale(RECORD.handle(), 4321 * SECOND + 5));
        assertEquals(List.of(0L, 1_900_000_000L, 0L, 0L, 0L), lifetimes(stale));
        var age = stale.values().getLast();
        assertEquals("MILLWRIGHT.STALE", age.type());
        assertEquals("4321", age.text());
        assertEquals("r-r-", age.permissions().toString());
    }

    @Test
    void thePublicDecoderReadsThem() throws Exception {
        byte[] bytes =
                message(ResponseCode.SUCCESS, KeptAnswer.found(RECORD, SECOND).stale(RECORD.handle(), 60 * SECOND));
        var response =
                assertInstanceOf(ResolutionResponse.class, Encoder.decodeMessage(bytes, 0, new MessageEnvelope()));
        var values = response.getHandleValues();
        assertEquals(5, values.length);
        assertEquals("60", values[4].getDataAsString());
        assertEquals(0, values[0].getTTL());
        byte[] refused = message(
                ResponseCode.SERVER_NOT_RESPONSIBLE,
                KeptAnswer.refused(ResponseCode.SERVER_NOT_RESPONSIBLE, Optional.of("not so"), 1)
                        .fresh(RECORD.handle(), 0));
        var error = assertInstanceOf(ErrorResponse.class, Encoder.decodeMessage(refused, 0, new MessageEnvelope()));
        assertEquals("not so", new String(error.message, java.nio.charset.StandardCharsets.UTF_8));
    }
}
