package io.millwright.bench.identity;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.record.Handle;
import io.millwright.identity.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A request as it travels, into which the load puts the number of the record and the number of the request.
///
/// @param octets of the request
/// @param idAt where two octets are that the answer repeats at the same place
/// @param digitsAt where the seven digits of the record's number are; -1 if there are none
/// @param right tells the right answers
@SuppressWarnings("ArrayRecordComponent") // never compared
record Question(byte[] octets, int idAt, int digitsAt, Right right) {

    /// Tells whether an answer is one that was asked for.
    interface Right {
        boolean is(byte[] answer, int length);
    }

    /// A resolution of all values over the Handle protocol.
    ///
    /// @param flags of [OpFlag]
    static Question handle(int flags) {
        var header = new Header(OpCode.RESOLUTION, 0, flags, Header.NO_SITE, 0, 0);
        var query = Body.ResolutionRequest.all(Handle.of(Catalogue.handle(Catalogue.FIRST)));
        byte[] message = Message.of(header, query).encode();
        var out = new WireWriter();
        Envelope.of(ProtocolVersion.COMPATIBLE, ProtocolVersion.NEWEST, 0, message.length)
                .write(out);
        byte[] octets = out.plain(message, 0, message.length).toByteArray();
        return new Question(octets, 10, digitsIn(octets), Question::isResolved);
    }

    private static boolean isResolved(byte[] answer, int length) {
        return length > Envelope.BYTES + Header.BYTES && answer[Envelope.BYTES + 7] == 1;
    }

    /// NAPTR records over DNS (RFC 1035, section 4.1; RFC 3403).
    static Question naptr(boolean recursive) {
        var out = new WireWriter();
        out.u16(0).u16(recursive ? 0x0100 : 0).u16(1).u16(0).u16(0).u16(0);
        for (var label : Catalogue.domain(Catalogue.FIRST).split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            out.u8(text.length).plain(text, 0, text.length);
        }
        byte[] octets = out.u16(35).u16(1).toByteArray();
        return new Question(octets, 0, digitsIn(octets), Question::hasAnswers);
    }

    private static boolean hasAnswers(byte[] answer, int length) {
        return length > 12 && (answer[2] & 0x80) != 0 && (answer[3] & 0x0f) == 0 && answer[7] == 2;
    }

    /// Octets that come back as they are.
    static Question echo(int length) {
        return new Question(new byte[length], 0, -1, (answer, answered) -> answered == length);
    }

    /// A request over HTTP, head and content.
    static Question http(byte[] octets) {
        return new Question(octets, 0, digitsIn(octets), (answer, length) -> true);
    }

    private static int digitsIn(byte[] octets) {
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        return text.indexOf(Integer.toString(Catalogue.FIRST));
    }

    /// A copy of its own for one load.
    byte[] copy() {
        return Arrays.copyOf(octets, octets.length);
    }

    /// Puts the number of a record in.
    void name(byte[] copy, int number) {
        if (digitsAt >= 0) {
            int rest = number;
            for (int i = Catalogue.DIGITS - 1; i >= 0; i--) {
                copy[digitsAt + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }
}
