package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.Property;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Object identifiers by DNS messages (RFC 1035, RFC 3403, RFC 6891; Recommendation ITU-T X.672).
class DnsDoorTest {

    private Registered registered;
    private DnsDoor door;

    @BeforeEach
    void start() throws Exception {
        registered = new Registered();
        door = new DnsDoor(registered.server.node(), Registered.PREFIX, DnsDoor.ORS_ZONE);
    }

    @AfterEach
    void stop() throws Exception {
        registered.close();
    }

    private static Message query(String name, int type) throws Exception {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    private Message ask(Message query) throws Exception {
        return new Message(door.answer(query.toWire(), false).orElseThrow());
    }

    private Message ask(String name, int type) throws Exception {
        return ask(query(name, type));
    }

    private static List<String> rules(Message answer) {
        return answer.getSection(Section.ANSWER).stream()
                .map(NAPTRRecord.class::cast)
                .map(n -> n.getFlags() + " " + n.getService() + " " + n.getRegexp() + " " + n.getReplacement())
                .toList();
    }

    @Test
    void anObjectIdentifierHasItsServices() throws Exception {
        var answer = ask("7.999.2.oid-res.org.", Type.NAPTR);
        assertEquals(Rcode.NOERROR, answer.getRcode());
        assertTrue(answer.getHeader().getFlag(Flags.AA) && answer.getHeader().getFlag(Flags.QR));
        assertEquals(
                List.of(
                        "u ORS+COID !^.*$!/2/999/7! .",
                        "u ORS+UINF !^.*$!https://example.org/tank-1! .",
                        "u ORS+CINF !^.*$!https://example.org/tank-1/children.xml! ."),
                rules(answer));
        assertEquals(rules(answer), rules(ask("7.999.2.OID-RES.org.", Type.ANY)));
    }

    /// The octets of RFC 1035, section 4.1: identifier 1234, recursion desired, one question.
    @Test
    void theQueryIsAnsweredToTheOctet() {
        var question = "01370339393901320" + "76f69642d726573036f72670000230001";
        var query = HexFormat.of().parseHex("123401000001000000000000" + question);
        var answer = HexFormat.of().formatHex(door.answer(query, false).orElseThrow());
        // Response, authoritative, recursion desired and not available; one question, three answers.
        assertEquals("123485000001000300000000" + question, answer.substring(0, 24 + question.length()));
        // A pointer to the name, NAPTR, IN, a day; 32 octets: order 100, preference 10, "u", "ORS+COID", rule, root.
        var first = "c00c0023000100015180" + "0020" + "0064000a" + "0175" + "084f52532b434f4944"
                + "0f215e2e2a24212f322f3939392f3721" + "00";
        assertEquals(first, answer.substring(24 + question.length(), 24 + question.length() + first.length()));
    }

    /// RFC 2181, section 5.2: the records of a name and type have one time to live.
    @Test
    void allRecordsLiveAsLongAsTheShortest() throws Exception {
        var brief = new HandleValue(
                2,
                "ORS.CINF",
                Octets.utf8("https://example.org/children.xml"),
                Permissions.PUBLISHED,
                TimeToLive.relative(60),
                1_700_000_000,
                List.of());
        registered.register("2.999.9", Registered.text(1, "URL", "https://example.org/"), brief);
        var answers = ask("9.999.2.oid-res.org.", Type.NAPTR).getSection(Section.ANSWER);
        assertEquals(
                List.of(60L, 60L, 60L), answers.stream().map(Record::getTTL).toList());
    }

    @Test
    void whatIsNotThereIsSaidWithTheZone() throws Exception {
        for (var message : List.of(ask("8.999.2.oid-res.org.", Type.NAPTR), ask("7.999.2.oid-res.org.", Type.A))) {
            assertEquals(Rcode.NOERROR, message.getRcode());
            assertEquals(0, message.getSection(Section.ANSWER).size());
            assertEquals(
                    Type.SOA, message.getSection(Section.AUTHORITY).getFirst().getType());
        }
        assertEquals(Rcode.NXDOMAIN, ask("www.oid-res.org.", Type.NAPTR).getRcode());
        assertEquals(Rcode.NXDOMAIN, ask("07.999.2.oid-res.org.", Type.NAPTR).getRcode());
        assertEquals(1, ask("oid-res.org.", Type.SOA).getSection(Section.ANSWER).size());
        assertEquals(0, ask("oid-res.org.", Type.NS).getSection(Section.ANSWER).size());
    }

    @Test
    void whatIsNotForThisNodeIsRefused() throws Exception {
        assertEquals(Rcode.REFUSED, ask("example.org.", Type.NAPTR).getRcode());
        var chaos =
                Message.newQuery(Record.newRecord(Name.fromString("7.999.2.oid-res.org."), Type.NAPTR, DClass.CHAOS));
        assertEquals(Rcode.REFUSED, ask(chaos).getRcode());
        var update = query("7.999.2.oid-res.org.", Type.NAPTR);
        update.getHeader().setOpcode(Opcode.UPDATE);
        assertEquals(Rcode.NOTIMP, ask(update).getRcode());
        var response = query("7.999.2.oid-res.org.", Type.NAPTR);
        response.getHeader().setFlag(Flags.QR);
        assertTrue(door.answer(response.toWire(), false).isEmpty());
    }

    /// What does not fit is cut, and said to be; TCP has room.
    @Test
    void aDatagramIsAsLongAsItsReceiverTakes() throws Exception {
        var values = new HandleValue[6];
        for (int i = 0; i < values.length; i++) {
            values[i] = Registered.text(i + 1, "URL", "https://example.org/" + "x".repeat(80) + i);
        }
        registered.register("2.999.8", values);
        var plain = query("8.999.2.oid-res.org.", Type.NAPTR);
        byte[] cut = door.answer(plain.toWire(), false).orElseThrow();
        assertTrue(cut.length <= 512 && new Message(cut).getHeader().getFlag(Flags.TC));
        var extended = query("8.999.2.oid-res.org.", Type.NAPTR);
        extended.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        byte[] longer = door.answer(extended.toWire(), false).orElseThrow();
        assertTrue(longer.length > 512 && longer.length <= 1232, "octets: " + longer.length);
        assertEquals(7, new Message(longer).getSection(Section.ANSWER).size());
        var whole = new Message(door.answer(plain.toWire(), true).orElseThrow());
        assertEquals(7, whole.getSection(Section.ANSWER).size());
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsNumber() {
        byte[] half = HexFormat.of().parseHex("123401000001000000000000013703");
        assertArrayEquals(
                HexFormat.of().parseHex("123480010000000000000000"),
                door.answer(half, false).orElseThrow());
        assertTrue(door.answer(new byte[11], false).isEmpty());
    }

    @Test
    void noMessageDisturbsTheDoor() {
        Property.check(3000, random -> {
            byte[] message = query("7.999.2.oid-res.org.", Type.NAPTR).toWire();
            if (random.nextInt(4) == 0) {
                message = new byte[random.nextInt(600)];
                random.nextBytes(message);
            } else {
                for (int i = random.nextInt(1, 6); i > 0; i--) {
                    message[random.nextInt(message.length)] = (byte) random.nextInt();
                }
            }
            var answer = door.answer(message, false);
            if (answer.isPresent()) {
                assertTrue(answer.get().length <= 1232);
                assertEquals(message[0], answer.get()[0]);
                assertEquals(message[1], answer.get()[1]);
                assertTrue((answer.get()[2] & 0x80) != 0, "an answer is a response");
            }
        });
    }
}
