package io.millwright.model.plantfile;

import io.millwright.model.DurationRange;
import io.millwright.model.Network;
import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.text.BitRates;
import io.millwright.model.text.DataSizes;
import io.millwright.model.text.Durations;
import io.millwright.model.text.Lengths;
import io.millwright.model.text.NotationException;
import io.millwright.model.text.Phrase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The section `network`.
final class NetworkShape {

    private static final long GIGABIT = 1_000_000_000L;
    private static final DurationRange PROCESSING = DurationRange.of(Duration.ofNanos(2000));
    private static final long MOST_BYTES = 1_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(1000);

    /// The longest delay of a metre of cable, in picoseconds: 534 + 36/√f ns for 100 m at f MHz (ISO/IEC
    /// 11801-1), at 1 MHz. Fibre is faster.
    private static final long PICOS_PER_METRE = 5700;

    private static final Notation<Long> BIT_RATE =
            Notation.of("a bit rate", BitRates.PATTERN, NetworkShape::rate, "1Gbps", "100Mbps");

    private static final Field<Integer> ENTRIES = Field.required(
            "entries", new Whole(1, 1_000_000), "How many entries the gate control list of a port holds.");
    private static final Field<Duration> TICK =
            Field.required("tick", time("8ns"), "Granularity of the times in the gate control list.");
    private static final ObjectOf<Network.Gates> GATES_SHAPE = new ObjectOf<>(
            "Gates",
            List.of(ENTRIES, TICK),
            f -> f.complete() ? new Network.Gates(f.require(ENTRIES), f.require(TICK)) : null);

    private static final Field<Network.DomainKind> DOMAIN_KIND = Field.required(
            "kind",
            Choice.of("kind of domain", Network.DomainKind.values()),
            "cell: a machine or a line; plant: a hall or a campus; wide-area: a city and beyond, without a common time"
                    + " and so without gates.");
    private static final Field<Duration> BUDGET =
            Field.optional("budget", time("500us"), "The longest that a frame may take in it; without it, any.");
    private static final Field<Duration> SYNC = Field.optional(
            "sync",
            PlantShape.DURATION,
            "0s",
            "The sync error: how far each clock may be from the time of the domain, either way.");
    private static final ObjectOf<Network.Domain> DOMAIN =
            new ObjectOf<>("Domain", List.of(DOMAIN_KIND, BUDGET, SYNC), NetworkShape::domain);

    private static final Field<Integer> PORTS =
            Field.required("ports", new Whole(1, 10_000), "How many ports the switch has.");
    private static final Field<Long> RATE = Field.optional("rate", BIT_RATE, "1Gbps", "Bit rate of a port.");
    private static final Field<Integer> QUEUES =
            Field.optional("queues", new Whole(1, 8), "8", "How many queues each port has.");
    private static final Notation<DurationRange> RANGE = Notation.of(
            "a duration or a range of durations", Durations.RANGE, Durations::parseRange, "2us", "1us..3us", "0s");
    private static final Field<DurationRange> PROCESSING_TIME = Field.optional(
            "processing",
            RANGE,
            "2us",
            "From the arrival of a frame's last bit until the frame is in the queue of its port: one time, or the"
                    + " least and the longest.");
    private static final Field<Network.Forwarding> FORWARDING = Field.optional(
            "forwarding",
            Choice.of("manner of forwarding", Network.Forwarding.values()),
            "store-and-forward",
            "store-and-forward: a frame is sent on when all of it has come; cut-through: as soon as its head has.");
    private static final Field<Network.Gates> GATES =
            Field.optional("gates", GATES_SHAPE, "Limits of the gates for scheduled traffic (IEEE 802.1Q, 8.6.8.4).");
    private static final String ASYNCHRONOUS = "asynchronous";
    private static final Field<Network.Shaper> SHAPER = Field.optional(
            "shaper",
            Notation.of(
                    "an idle slope or asynchronous",
                    BitRates.PATTERN + "|^" + ASYNCHRONOUS + "$",
                    NetworkShape::shaper,
                    "20Mbps",
                    ASYNCHRONOUS),
            "How ports shape sporadic streams: with credit by an idle slope (IEEE 802.1Q, 8.6.8.2), or each stream"
                    + " asynchronously to its frame and period (8.6.11); without it they do not.");
    private static final Field<String> IN_DOMAIN = Field.optional(
            "domain", Reference.to(Kind.DOMAIN), "Its domain, in a network that has any; each switch has one then.");
    private static final ObjectOf<Network.Switch> SWITCH = new ObjectOf<>(
            "Switch",
            List.of(PORTS, RATE, QUEUES, PROCESSING_TIME, FORWARDING, GATES, SHAPER, IN_DOMAIN),
            NetworkShape::networkSwitch);

    private static final Field<List<ListOf.Item<String>>> CARRIES = Field.optional(
            "carries",
            new ListOf<>(Reference.to(Kind.CONNECTION), 0, Integer.MAX_VALUE, true),
            "The connections whose devices are reached at this station.");
    private static final ObjectOf<Network.Station> STATION =
            new ObjectOf<>("Station", List.of(CARRIES), NetworkShape::station);

    private static final ListOf<String> PAIR = new ListOf<>(Reference.to(Kind.STATION, Kind.SWITCH), 2, 2, false);
    private static final Field<List<ListOf.Item<String>>> BETWEEN =
            Field.required("between", PAIR, "The two stations or switches it joins.");
    private static final Field<Long> LINK_RATE =
            Field.optional("rate", BIT_RATE, "Its bit rate; without it, that of the slower of the switches it joins.");
    private static final Field<Long> LENGTH = Field.optional(
            "length",
            Notation.of("a length", Lengths.PATTERN, Lengths::parse, "20m", "1.5km"),
            "Length of the cable: 5.7 ns are counted for each metre.");
    private static final Field<DelayShape.Delay> DELAY = Field.optional(
            "delay",
            new DelayShape(),
            "0s",
            "How long a bit travels along it, one time, or the least and the longest; instead of its length. Of 5g and"
                    + " wifi measured percentiles of the delay of frames.");
    private static final Field<String> KIND = Field.optional(
            "kind",
            new Choice<>("kind of link", _ -> List.of("cable", "5g", "wifi", "pon"), Function.identity()),
            "cable",
            "cable: copper or fibre; 5g, wifi: by percentiles of its delay; pon: by its cycle and slot.");
    private static final Field<Duration> CYCLE =
            Field.optional("cycle", PlantShape.DURATION, "Of a pon, in which time its terminal has one slot.");
    private static final Field<Long> SLOT = Field.optional(
            "slot",
            Notation.of("an amount of data", DataSizes.PATTERN, NetworkShape::size, "1500B", "3kB"),
            "Of a pon, how much of frames its terminal sends in each cycle.");
    private static final Brief<List<ListOf.Item<String>>, NetworkCheck.LinkEntry> LINK = new Brief<>(
            PAIR,
            ends -> new NetworkCheck.LinkEntry(ends, Optional.empty(), DurationRange.ZERO, new Network.Cable()),
            new ObjectOf<>("Link", List.of(BETWEEN, LINK_RATE, LENGTH, DELAY, KIND, CYCLE, SLOT), NetworkShape::link));

    private static final Field<String> TALKER =
            Field.required("talker", Reference.to(Kind.STATION), "The station that sends.");
    private static final Field<List<ListOf.Item<String>>> LISTENERS = Field.required(
            "listeners",
            new ListOf<>(Reference.to(Kind.STATION), 1, Integer.MAX_VALUE, true),
            "The station that receives, or a list of them.");
    private static final Field<Long> SIZE = Field.required(
            "size",
            Notation.of("an amount of data", DataSizes.PATTERN, NetworkShape::size, "128B", "1.5kB"),
            "A frame on the link, all overhead included: of tagged Ethernet its data and 42 B.");
    private static final Field<Duration> PERIOD =
            Field.required("period", time("1ms"), "A frame is sent in every period.");
    private static final Field<Duration> DEADLINE = Field.optional(
            "deadline",
            time("500us"),
            "Longest time from the first bit sent to the last bit received; without it, the period.");
    private static final Field<Duration> JITTER = Field.optional(
            "jitter", PlantShape.DELAY, "By how much that time may differ from frame to frame; without it, any.");
    private static final Field<Network.Timing> TIMING = Field.optional(
            "class",
            Choice.of("class", Network.Timing.values()),
            "scheduled",
            "scheduled: sent by gates at planned times; sporadic: at times of its own, and only bounded.");
    private static final Field<Integer> REDUNDANCY = Field.optional(
            "redundancy",
            new Whole(1, 2),
            "1",
            "2: each frame is sent twice, over ways that share no switch and no cable they need not (IEEE 802.1CB).");
    private static final Field<BigDecimal> LOSS = Field.optional(
            "loss",
            new Notation<>(
                    "a probability",
                    List.of("string", "number"),
                    Optional.of(Pattern.compile("^(0?\\.[0-9]{1,12}|[1-9](\\.[0-9]{1,6})?[eE]-(0?[1-9]|1[0-2]))$")),
                    List.of("1e-4", "0.001"),
                    BigDecimal::new),
            "0",
            "The probability with which a frame may be lost or late, where it passes links of kind 5g or wifi.");
    private static final ObjectOf<Network.Stream> STREAM = new ObjectOf<>(
            "Stream",
            List.of(TALKER, LISTENERS, SIZE, PERIOD, DEADLINE, JITTER, TIMING, REDUNDANCY, LOSS),
            NetworkShape::stream);

    private static final Field<Map<String, Network.Domain>> DOMAINS = Field.optional(
            "domains",
            MapOf.of(Kind.DOMAIN, DOMAIN),
            "Parts of the network, each with a time of its own, by name; without them it is one.");
    private static final Field<Map<String, Network.Switch>> SWITCHES =
            Field.optional("switches", MapOf.of(Kind.SWITCH, SWITCH), "The switches, by name.");
    private static final Field<Map<String, Network.Station>> STATIONS =
            Field.optional("stations", MapOf.of(Kind.STATION, STATION), "The end stations, by name.");
    private static final Field<List<ListOf.Item<NetworkCheck.LinkEntry>>> LINKS = Field.optional(
            "links", ListOf.any(LINK), "The full-duplex links, each a pair of stations or switches, or a mapping.");
    private static final Field<Map<String, Network.Stream>> STREAMS = Field.optional(
            "streams", MapOf.of(Kind.STREAM, STREAM), "What is sent from station to station in time, by name.");

    static final ObjectOf<Network> NETWORK =
            new ObjectOf<>("Network", List.of(DOMAINS, SWITCHES, STATIONS, LINKS, STREAMS), NetworkShape::network);

    private NetworkShape() {}

    private static Network.@Nullable Switch networkSwitch(Fields f) {
        return f.complete()
                ? new Network.Switch(
                        f.name(Kind.SWITCH),
                        f.require(PORTS),
                        f.or(RATE, GIGABIT),
                        f.or(QUEUES, 8),
                        f.or(PROCESSING_TIME, PROCESSING),
                        f.or(FORWARDING, Network.Forwarding.STORE_AND_FORWARD),
                        f.optional(GATES),
                        f.optional(SHAPER),
                        f.optional(IN_DOMAIN))
                : null;
    }

    private static Network.@Nullable Domain domain(Fields f) {
        atMost(f, BUDGET);
        atMost(f, SYNC);
        if (f.get(DOMAIN_KIND) == Network.DomainKind.WIDE_AREA && f.get(SYNC) != null) {
            f.report(
                    SYNC.key(),
                    Phrase.of("no-sync", "a wide area has no common time"),
                    Optional.of(Phrase.of("leave-out", "leave it out")));
        }
        return f.complete()
                ? new Network.Domain(
                        f.name(Kind.DOMAIN), f.require(DOMAIN_KIND), f.optional(BUDGET), f.or(SYNC, Duration.ZERO))
                : null;
    }

    private static Network.Shaper shaper(String text) throws NotationException {
        return text.equals(ASYNCHRONOUS)
                ? new Network.AsynchronousShaper()
                : new Network.CreditShaper(BitRates.parse(text));
    }

    private static Network.@Nullable Station station(Fields f) {
        return f.complete()
                ? new Network.Station(f.name(Kind.STATION), PlantShape.values(f.or(CARRIES, List.of())))
                : null;
    }

    private static NetworkCheck.@Nullable LinkEntry link(Fields f) {
        if (f.has(LENGTH) && f.has(DELAY)) {
            f.report(
                    LENGTH.key(),
                    Phrase.of("length-and-delay", "the link has a length and a delay"),
                    Optional.of(Phrase.of("delay-enough", "the delay alone is enough")));
        }
        if (!f.complete()) {
            return null;
        }
        long picos = Math.ceilDiv(f.or(LENGTH, 0L) * PICOS_PER_METRE, 1000);
        var cable = DurationRange.of(Duration.ofNanos(Math.ceilDiv(picos, 1000)));
        var delay = f.or(DELAY, new DelayShape.Delay(cable, List.of()));
        var medium = medium(f, delay);
        return medium == null
                ? null
                : new NetworkCheck.LinkEntry(f.require(BETWEEN), f.optional(LINK_RATE), delay.range(), medium);
    }

    private static Network.@Nullable Medium medium(Fields f, DelayShape.Delay delay) {
        String kind = f.or(KIND, "cable");
        boolean radio = kind.equals("5g") || kind.equals("wifi");
        if (radio == delay.percentiles().isEmpty()) {
            f.report(
                    radio ? KIND.key() : DELAY.key(),
                    radio
                            ? Phrase.of(
                                    "radio-delay", "a link of kind {kind} needs percentiles of its delay", "kind", kind)
                            : Phrase.of("cable-delay", "percentiles are of links of kind 5g or wifi"),
                    Optional.of(
                            radio
                                    ? Phrase.of(
                                            "percentiles-like", "write {example}", "example", "delay: {\"99.9%\": 7ms}")
                                    : Phrase.of("cable-range", "add kind: 5g or wifi, or write a range")));
            return null;
        }
        boolean pon = kind.equals("pon");
        if (pon != f.has(CYCLE) || pon != f.has(SLOT)) {
            f.report(
                    KIND.key(),
                    Phrase.of("pon-keys", "a link of kind pon has a cycle and a slot, and no other link has"),
                    Optional.of(Phrase.of(
                            "pon-like", "write {example}", "example", "kind: pon, cycle: 125us, slot: 1500B")));
            return null;
        }
        return radio
                ? new Network.Radio(kind, delay.percentiles())
                : pon ? new Network.Pon(f.require(CYCLE), f.require(SLOT)) : new Network.Cable();
    }

    private static Notation<Duration> time(String example) {
        return Notation.of("a duration", Durations.PATTERN, PlantShape::positive, example);
    }

    private static long rate(String text) {
        long rate = BitRates.parse(text);
        if (rate == 0) {
            throw new NotationException(
                    Phrase.of("no-rate", "nothing is sent at \"{text}\"", "text", text),
                    Optional.of(Phrase.of("such-as", "write e.g. {example}", "example", "1Gbps")));
        }
        return rate;
    }

    private static long size(String text) {
        long size = DataSizes.parse(text);
        if (size == 0 || size > MOST_BYTES) {
            throw new NotationException(
                    Phrase.of("no-frame", "a frame of \"{text}\" cannot be sent", "text", text),
                    Optional.of(Phrase.of("frame-sizes", "write 1B to 1MB")));
        }
        return size;
    }

    private static Network.@Nullable Stream stream(Fields f) {
        atMost(f, PERIOD);
        atMost(f, DEADLINE);
        atMost(f, JITTER);
        if (!f.complete()) {
            return null;
        }
        NetworkCheck.checkListeners(f, f.require(TALKER), f.require(LISTENERS));
        Duration period = f.require(PERIOD);
        Duration deadline = f.or(DEADLINE, period);
        Network.Timing timing = f.or(TIMING, Network.Timing.SCHEDULED);
        boolean redundant = f.or(REDUNDANCY, 1) == 2;
        if (redundant && timing == Network.Timing.SPORADIC) {
            f.report(
                    REDUNDANCY.key(),
                    Phrase.of("sporadic-twice", "a sporadic stream cannot be redundant yet"),
                    Optional.of(Phrase.of("make-scheduled", "make it class: scheduled, or leave redundancy out")));
        }
        return new Network.Stream(
                f.name(Kind.STREAM),
                f.require(TALKER),
                PlantShape.values(f.require(LISTENERS)),
                Math.toIntExact(f.require(SIZE)),
                period,
                deadline,
                f.or(JITTER, period.compareTo(deadline) > 0 ? period : deadline),
                timing,
                redundant,
                f.or(LOSS, BigDecimal.ZERO));
    }

    private static void atMost(Fields f, Field<Duration> field) {
        Duration value = f.get(field);
        if (value != null && value.compareTo(LONGEST) > 0) {
            f.report(
                    field.key(),
                    Phrase.of("longer", "{key} is longer than 1000 s", "key", new Phrase.Term(field.key())),
                    Optional.of(Phrase.of("at-most", "write at most {most}", "most", "1000s")));
        }
    }

    private static @Nullable Network network(Fields f) {
        Map<String, Network.Switch> switches = f.or(SWITCHES, Map.of());
        var check = new NetworkCheck(f.reader(), switches, f.or(LINKS, List.of()));
        check.links();
        check.domains(f.or(DOMAINS, Map.of()).keySet());
        if (!f.complete()) {
            return null;
        }
        var streams = List.copyOf(f.or(STREAMS, Map.of()).values());
        check.ways(f.or(STATIONS, Map.of()).keySet(), streams);
        return new Network(
                List.copyOf(switches.values()),
                List.copyOf(f.or(STATIONS, Map.of()).values()),
                f.or(LINKS, List.of()).stream()
                        .map(link -> new Network.Link(
                                link.value().one(),
                                link.value().other(),
                                link.value().bitsPerSecond().orElseGet(() -> slower(switches, link.value())),
                                link.value().propagation(),
                                link.value().medium()))
                        .toList(),
                streams,
                List.copyOf(f.or(DOMAINS, Map.of()).values()));
    }

    private static long slower(Map<String, Network.Switch> switches, NetworkCheck.LinkEntry link) {
        return switches.values().stream()
                .filter(s -> s.name().equals(link.one()) || s.name().equals(link.other()))
                .mapToLong(Network.Switch::bitsPerSecond)
                .min()
                .orElse(GIGABIT);
    }
}
