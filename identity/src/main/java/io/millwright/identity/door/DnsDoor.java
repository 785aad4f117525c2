package io.millwright.identity.door;

import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Object identifiers by DNS (Recommendation ITU-T X.672, ISO/IEC 29168-1: object identifier resolution system). The
/// object identifier 2.999.7 is the name `7.999.2` under the zone; its record is the handle of the configured prefix
/// and `2.999.7`; its answers are NAPTR records (RFC 3403) with the services `ORS+COID`, `ORS+CINF`, `ORS+RINF`,
/// `ORS+MINF` and `ORS+UINF`.
///
/// Every name of digits under the zone is told to exist, with or without records: that nothing lies beneath a name
/// (RFC 8020) cannot be known here.
public final class DnsDoor {

    /// The zone of the object identifier resolution system.
    public static final String ORS_ZONE = "oid-res.org.";

    private static final int PLAIN_UDP_BYTES = 512;

    /// The most that is sent in a datagram, whatever the client takes: no fragments (RFC 9715).
    private static final int UDP_BYTES_MAX = 1232;

    private static final int TCP_BYTES_MAX = 65_535;
    private static final int ORDER = 100;
    private static final int PREFERENCE_STEP = 10;
    private static final int TTL_SECONDS_MAX = 604_800;
    private static final int NEGATIVE_TTL_SECONDS = 300;
    private static final int VALUES_MAX = 64;
    private static final String ORS = "ORS.";
    private static final Pattern ARC = Pattern.compile("0|[1-9]\\d{0,38}");

    private static final Logger LOG = LoggerFactory.getLogger(DnsDoor.class);

    private final Node node;
    private final String prefix;
    private final Name zone;

    /// @param node who is asked
    /// @param prefix under which the handles of object identifiers lie, e.g. `88.118.7`
    /// @param zone e.g. [#ORS_ZONE]
    /// @throws IllegalArgumentException if the zone is not a domain name
    public DnsDoor(Node node, String prefix, String zone) {
        this.node = node;
        this.prefix = prefix;
        try {
            this.zone = Name.fromString(zone, Name.root);
        } catch (IOException e) {
            throw new IllegalArgumentException("\"" + zone + "\" is no domain name", e);
        }
    }

    /// The answer to a message; nothing if it is none that can be answered, or is itself a response.
    ///
    /// @param whole whether the answer goes by TCP, where it has room
    public Optional<byte[]> answer(byte[] message, boolean whole) {
        Message query;
        try {
            query = new Message(message);
        } catch (IOException | RuntimeException e) {
            return refusal(message, Rcode.FORMERR);
        }
        try {
            return query.getHeader().getFlag(Flags.QR)
                    ? Optional.empty()
                    : Optional.of(sized(query, answerTo(query), whole));
        } catch (RuntimeException e) {
            LOG.error("A DNS query could not be answered", e);
            return refusal(message, Rcode.SERVFAIL);
        }
    }

    /// What is sent in place of an answer to a query that has one: its header alone, truncated, so that who asks
    /// does so by TCP (RFC 1035, section 4.2.1).
    public static byte[] cutShort(byte[] query) {
        var header = new Header((query[0] & 0xff) << 8 | query[1] & 0xff);
        header.setFlag(Flags.QR);
        header.setFlag(Flags.TC);
        header.setOpcode(query[2] >> 3 & 0xf);
        return header.toWire();
    }

    /// A header alone, if there is at least a header of a query.
    private static Optional<byte[]> refusal(byte[] message, int rcode) {
        boolean query = message.length >= Header.LENGTH && (message[2] & 0x80) == 0;
        if (!query) {
            return Optional.empty();
        }
        var header = new Header((message[0] & 0xff) << 8 | message[1] & 0xff);
        header.setFlag(Flags.QR);
        header.setRcode(rcode);
        return Optional.of(header.toWire());
    }

    private static byte[] sized(Message query, Message answer, boolean whole) {
        int taken = query.getOPT() == null
                ? PLAIN_UDP_BYTES
                : Math.max(PLAIN_UDP_BYTES, query.getOPT().getPayloadSize());
        return answer.toWire(whole ? TCP_BYTES_MAX : Math.min(taken, UDP_BYTES_MAX));
    }

    private Message answerTo(Message query) {
        var answer = new Message(query.getHeader().getID());
        var header = answer.getHeader();
        header.setFlag(Flags.QR);
        header.setOpcode(query.getHeader().getOpcode());
        if (query.getHeader().getFlag(Flags.RD)) {
            header.setFlag(Flags.RD);
        }
        if (query.getOPT() != null) {
            answer.addRecord(
                    new OPTRecord(UDP_BYTES_MAX, query.getOPT().getVersion() == 0 ? 0 : 1, 0), Section.ADDITIONAL);
        }
        header.setRcode(rcode(query, answer));
        return answer;
    }

    private int rcode(Message query, Message answer) {
        if (query.getHeader().getOpcode() != Opcode.QUERY) {
            return Rcode.NOTIMP;
        }
        var question = query.getQuestion();
        if (question == null || query.getHeader().getCount(Section.QUESTION) != 1) {
            return Rcode.FORMERR;
        }
        answer.addRecord(question, Section.QUESTION);
        if (question.getDClass() != DClass.IN || !question.getName().subdomain(zone)) {
            return Rcode.REFUSED;
        }
        answer.getHeader().setFlag(Flags.AA);
        return question.getName().equals(zone) ? apex(question, answer) : named(question, answer);
    }

    private int apex(Record question, Message answer) {
        int type = question.getType();
        if (type == Type.SOA || type == Type.ANY) {
            answer.addRecord(authority(), Section.ANSWER);
        } else {
            answer.addRecord(authority(), Section.AUTHORITY);
        }
        return Rcode.NOERROR;
    }

    private int named(Record question, Message answer) {
        var identifier = identifier(question.getName());
        if (identifier.isEmpty()) {
            answer.addRecord(authority(), Section.AUTHORITY);
            return Rcode.NXDOMAIN;
        }
        boolean asked = question.getType() == Type.NAPTR || question.getType() == Type.ANY;
        var pointers = asked ? pointers(question.getName(), identifier.get()) : List.<NAPTRRecord>of();
        for (var pointer : pointers) {
            answer.addRecord(pointer, Section.ANSWER);
        }
        if (pointers.isEmpty()) {
            answer.addRecord(authority(), Section.AUTHORITY);
        }
        return Rcode.NOERROR;
    }

    /// Names no server and no mailbox: which ones there are is for the zone above to say.
    private SOARecord authority() {
        int day = 86_400;
        return new SOARecord(
                zone, DClass.IN, NEGATIVE_TTL_SECONDS, Name.root, Name.root, 1, day, day, day, NEGATIVE_TTL_SECONDS);
    }

    /// The object identifier of a name, arcs from the root; nothing if a label is no number.
    private Optional<String> identifier(Name name) {
        var arcs = new ArrayList<String>();
        for (int i = name.labels() - zone.labels() - 1; i >= 0; i--) {
            var label = name.getLabelString(i);
            if (!ARC.matcher(label).matches()) {
                return Optional.empty();
            }
            arcs.add(label);
        }
        return Optional.of(String.join(".", arcs));
    }

    /// What a NAPTR record is made of.
    private record Link(String service, String target, int ttlSeconds) {}

    /// All with the least time to live, since the records of one name and type have one (RFC 2181, section 5.2).
    private List<NAPTRRecord> pointers(Name name, String identifier) {
        var links = links(identifier);
        int ttl = links.stream().mapToInt(Link::ttlSeconds).min().orElse(0);
        var pointers = new ArrayList<NAPTRRecord>();
        for (var link : links) {
            rule(link.target()).ifPresent(rule -> {
                int preference = PREFERENCE_STEP * (pointers.size() + 1);
                pointers.add(new NAPTRRecord(
                        name, DClass.IN, ttl, ORDER, preference, "u", "ORS+" + link.service(), rule, Name.root));
            });
        }
        return pointers;
    }

    private List<Link> links(String identifier) {
        var links = new ArrayList<Link>();
        Records.find(node, prefix + "/" + identifier).ifPresent(record -> {
            links.add(new Link("COID", "/" + identifier.replace('.', '/'), TTL_SECONDS_MAX));
            record.values().stream()
                    .limit(VALUES_MAX)
                    .flatMap(value -> link(value).stream())
                    .forEach(links::add);
        });
        return links;
    }

    private static Optional<Link> link(HandleValue value) {
        boolean service = value.type().matches("ORS\\.[A-Za-z]{4}");
        if (!service && !value.hasType(ValueTypes.URL) || !TypedLink.isWebAddress(value.text())) {
            return Optional.empty();
        }
        int ttl = Math.clamp(Integer.toUnsignedLong(value.ttl().seconds()), 0, TTL_SECONDS_MAX);
        return Optional.of(new Link(service ? value.type().substring(ORS.length()) : "UINF", value.text(), ttl));
    }

    /// The substitution that leads to a target; nothing if it is too long for one.
    private static Optional<String> rule(String target) {
        // The delimiter and the backslash have meanings in a substitution (RFC 3402, section 3.2).
        var rule = "!^.*$!" + target.replace("!", "%21").replace("\\", "%5C") + "!";
        return Optional.of(rule).filter(r -> r.getBytes(StandardCharsets.UTF_8).length <= 255);
    }
}
