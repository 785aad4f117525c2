package io.millwright.identity.fuzz;

import io.millwright.identity.authentication.AuthenticationCodecs;
import io.millwright.identity.code.Code;
import io.millwright.identity.code.form.CodeConverter;
import io.millwright.identity.code.form.CodeReader;
import io.millwright.identity.code.form.Form;
import io.millwright.identity.code.gs1.CompanyPrefixLengths;
import io.millwright.identity.door.DoorCodecs;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Golden;
import io.millwright.identity.message.Message;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ReferenceList;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.server.ServerCodecs;
import io.millwright.identity.store.StoreCodecs;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Every codec that reads what strangers send.
public final class Codecs {

    /// By name, made when they are asked for: some make keys and start nodes.
    private static final Map<String, Supplier<Codec>> ALL = new TreeMap<>();

    static {
        ALL.put("envelope", Codecs::envelope);
        ALL.put("message", Codecs::message);
        ALL.put("value", Codecs::value);
        ALL.put("site", Codecs::site);
        ALL.put("administrator", Codecs::administrator);
        ALL.put("references", Codecs::references);
        ALL.put("handle", Codecs::handle);
        codes().forEach(code -> ALL.put(code.name(), () -> code));
        ALL.putAll(AuthenticationCodecs.all());
        ALL.putAll(ServerCodecs.all());
        ALL.putAll(StoreCodecs.all());
        ALL.putAll(DoorCodecs.all());
    }

    private static final CodeReader READER = new CodeReader(2026);

    private Codecs() {}

    public static Stream<String> names() {
        return ALL.keySet().stream();
    }

    public static Codec named(String name) {
        var codec = ALL.get(name);
        if (codec == null) {
            throw new IllegalArgumentException("no codec " + name + "; there are " + ALL.keySet());
        }
        return codec.get();
    }

    private static List<byte[]> golden(String... names) {
        return Stream.of(names).map(name -> Golden.read(name).toByteArray()).toList();
    }

    private static Codec envelope() {
        return new Codec(
                "envelope",
                golden("envelope"),
                bytes -> Codec.read(() -> Envelope.read(new WireReader(bytes))).ifPresent(envelope -> {
                    var out = new WireWriter();
                    envelope.write(out);
                    Codec.same(Octets.copy(bytes, 0, Envelope.BYTES), out.toOctets());
                }));
    }

    /// Header, every body, digest and credential.
    private static Codec message() {
        return new Codec("message", golden(Golden.MESSAGES.toArray(String[]::new)), bytes -> {
            Codec.read(() -> Message.decodeHeader(bytes, 0, bytes.length));
            var message = Codec.read(() -> Message.decode(bytes, 0, bytes.length));
            if (message.isPresent()) {
                byte[] written = message.get().encode();
                Codec.must(written.length <= bytes.length + 8, "longer than what was read");
                Codec.same(message.get(), Message.decode(written, 0, written.length));
                Codec.must(Message.endOfBody(bytes, 0, bytes.length) <= bytes.length, "the body ends behind the end");
            }
        });
    }

    private static Codec value() {
        return new Codec("value", golden("value-url", "value-reference"), bytes -> {
            var in = new WireReader(bytes);
            var value = Codec.read(() -> HandleValue.read(in));
            if (value.isPresent()) {
                var out = new WireWriter();
                value.get().write(out);
                Codec.same(Octets.copy(bytes, 0, in.position()), out.toOctets());
                Codec.must(ValueText.of(value.get()).chars().noneMatch(c -> c < 0x20), "a control character is shown");
            }
        });
    }

    private static Codec site() {
        return new Codec("site", golden("site"), bytes -> {
            var site = Codec.read(() -> Site.decode(Octets.of(bytes)));
            if (site.isPresent()) {
                Codec.same(Octets.of(bytes), site.get().encode());
                site.get().servers().forEach(server -> Codec.must(server.inetAddress() != null, "no address"));
            }
        });
    }

    private static Codec administrator() {
        return new Codec("administrator", golden("admin-all", "admin-add-handle"), bytes -> {
            var administrator = Codec.read(() -> Administrator.decode(Octets.of(bytes)));
            if (administrator.isPresent()) {
                Codec.same(
                        administrator.get(),
                        Administrator.decode(administrator.get().encode()));
            }
        });
    }

    private static Codec references() {
        return new Codec("references", golden("value-list"), bytes -> {
            var list = Codec.read(() -> ReferenceList.decode(Octets.of(bytes)));
            if (list.isPresent()) {
                Codec.same(list.get(), ReferenceList.decode(list.get().encode()));
            }
        });
    }

    /// HS_SERV and HS_ALIAS: the data is a handle.
    private static Codec handle() {
        return new Codec("handle", List.of(utf8("88.118.7/tank-1"), utf8("0.NA/88.118")), bytes -> {
            var spelled = Handle.spelled(Octets.of(bytes));
            if (spelled.isEmpty()) {
                return;
            }
            var handle = spelled.get();
            Codec.same(Octets.of(bytes), Octets.utf8(handle.toString()));
            Codec.same(handle, Handle.of(handle.key()));
            if (handle.isComplete()) {
                Codec.same(handle.prefix(), Handle.ofPrefix(handle.prefix()).suffix());
            }
            var above = handle.parentPrefix();
            Codec.must(above.toString().length() <= Math.max(handle.toString().length(), 9), "no end of prefixes");
        });
    }

    private static Stream<Codec> codes() {
        return Stream.of(
                code(
                        "gs1",
                        "(01)09506000134352(17)261231(10)ABC123",
                        "010950600013435210ABC123\u001d17261231",
                        "]C1010950600013435210A"),
                code(
                        "digital-link",
                        "https://id.gs1.org/01/09506000134352/10/A%2FB?17=261231&linkType=all#x",
                        "https://id.gs1.org/AQnYUc1gmiCNV4JGQhcNT6K6cibQCWN9Pee9tT-PQ"),
                code(
                        "epc",
                        "urn:epc:id:sgtin:0614141.712345.32a%2Fb",
                        "urn:epc:tag:[att=x01]:sgtin-96:3.0614141.112345.400",
                        "3D74257BF75411DEF6B4CC00000003039",
                        "FA3952114132E83C2BF10"),
                code("oid", "{iso(1) member-body(2) cn(156)}", "2.25.329800735698586629295641978511506172918"),
                code("did", "did:bid:wxyz:ef214PmkhKndUcArDQPgD5J4fFVwqJFPt?a=b#c", "did:web:example.org:a"),
                code(
                        "name",
                        "https://doi.org/10.1002/(SICI)1097-4571%3C1%3E",
                        "ecode:1006412345678901234567890",
                        "[)>\u001e06\u001d25SUN043325711MH8031200000000001\u001e\u0004"));
    }

    private static Codec code(String name, String... seeds) {
        return new Codec(name, Stream.of(seeds).map(Codecs::utf8).toList(), bytes -> {
            String text = text(bytes);
            check(READER.read(text), text);
            for (var scheme : CodeReader.schemes()) {
                check(READER.read(text, scheme), text);
            }
        });
    }

    /// Faults lie within the text; what is valid has a canonical form, which is its own, and converts or says why not.
    private static void check(Code code, String text) {
        for (var fault : code.faults()) {
            Codec.must(
                    fault.at() >= 0
                            && fault.at() <= text.length()
                            && !fault.message().isEmpty(),
                    fault.toString());
        }
        Codec.must(code.valid() == !code.canonical().isEmpty(), "valid and canonical differ");
        if (!code.valid()) {
            return;
        }
        // A handle may itself begin as the announcement of one does: hdl:http://hdl.handle.net/
        if (!(code instanceof Code.HandleName)) {
            var again = READER.read(code.canonical(), code.scheme());
            Codec.must(again.valid(), () -> code.canonical() + " of " + text + ": " + again.faults());
            Codec.same(code.canonical(), again.canonical());
        }
        for (var form : Form.values()) {
            new CodeConverter(CompanyPrefixLengths.of(7), -1, "", "https://id.gs1.org").convert(code, form);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 2000), StandardCharsets.UTF_8);
    }
}
