package io.millwright.identity.door;

import io.millwright.identity.fuzz.Codec;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// What programs of other systems send: DNS messages, JSON, requests over HTTP.
public final class DoorCodecs {

    private static final int HEADER_OCTETS = 12;
    private static final int DATAGRAM_OCTETS_MAX = 1232;

    private static final String ADMINISTRATOR = """
            [{"index":1,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.NA/88","index":301,
              "permissions":"011111110011"}},"ttl":86400,"permissions":"1110"}]""";
    private static final String ADDRESS = """
            {"values":[{"index":2,"type":"URL","data":"https://example.org","ttl":"2030-01-01T00:00:00Z",
              "references":[{"handle":"88/x","index":0}]}]}""";
    private static final String OCTETS = """
            [{"index":3,"type":"X","data":{"format":"base64","value":"AAEC"}},
             {"index":4,"type":"Y","data":{"format":"hex","value":"0a0b"}}]""";

    private DoorCodecs() {}

    public static Map<String, Supplier<Codec>> all() {
        return Map.of(
                "dns", () -> dns(registered()),
                "value-json", DoorCodecs::json,
                "web-request", () -> web(registered()));
    }

    /// Its node lives as long as the test.
    private static Registered registered() {
        try {
            return new Registered();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Codec dns(Registered node) {
        var door = new DnsDoor(node.server.node(), Registered.PREFIX, DnsDoor.ORS_ZONE);
        var question = Record.newRecord(Name.fromConstantString("7.999.2.oid-res.org."), Type.NAPTR, DClass.IN);
        return new Codec("dns", List.of(Message.newQuery(question).toWire()), bytes -> {
            var answer = door.answer(bytes, false);
            if (answer.isEmpty()) {
                Codec.must(bytes.length < HEADER_OCTETS || (bytes[2] & 0x80) != 0, "a query got no answer");
                return;
            }
            var told = new Message(answer.get());
            Codec.must(answer.get().length <= DATAGRAM_OCTETS_MAX, "longer than a datagram may be");
            Codec.must(told.getHeader().getFlag(Flags.QR), "an answer that is none");
            Codec.must(told.getHeader().getID() == ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff), "to another query");
            Codec.must(told.getRcode() != Rcode.SERVFAIL, "the node failed");
        });
    }

    private static Codec json() {
        var seeds = Stream.of(ADMINISTRATOR, ADDRESS, OCTETS)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new Codec("value-json", seeds, bytes -> {
            List<HandleValue> values;
            try {
                values = ValueJson.readAll(Json.read(Octets.of(bytes)));
            } catch (RefusedException e) {
                Codec.must(!e.getMessage().isEmpty(), "no reason");
                return;
            }
            var written = Json.array();
            values.forEach(value -> written.add(ValueJson.write(value)));
            var again = ValueJson.readAll(Json.read(Json.octets(written)));
            Codec.same(wire(values), wire(again));
        });
    }

    private static Octets wire(List<HandleValue> values) {
        var out = new WireWriter();
        values.forEach(value -> value.write(out));
        return out.toOctets();
    }

    /// Path and query, and behind a line feed the Accept field.
    private static Codec web(Registered node) {
        var seeds = Stream.of(
                        "/api/handles/88.118.7/tank-1?index=1&type=URL&auth&publicOnly=false\n*/*",
                        "/api/handles?prefix=88.118.7&page=1&pageSize=10\n",
                        "/01/09506000149189/10/ABC?linkType=gs1:pip&17=271231\napplication/linkset+json;q=0.5",
                        "/ARHjlYd5IlOKd5IlOKA\ntext/html",
                        "/1.0/identifiers/did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK\n",
                        "/1.0/identifiers/did:web:id.example.org:88.118.7:tank-1\n",
                        "/api/v1/doip?targetId=88.118.7%2Ftank-1&operationId=0.DOIP/Op.Retrieve\n",
                        "/identityv2/data/detail?handle=88.118.7/tank-1\n")
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
        return new Codec("web-request", seeds, bytes -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n');
            var fields = Map.of("accept", text.substring(end).strip());
            var target = "/" + text.substring(0, end).strip();
            var answer = node.doors.answer(WebRequest.of("GET", target.substring(1), fields, Octets.EMPTY));
            Codec.must(answer.status() < 500 || answer.status() == 501, () -> answer.status() + " " + target);
        });
    }
}
