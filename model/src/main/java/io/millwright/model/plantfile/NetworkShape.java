package io.millwright.model.plantfile;

import io.millwright.model.Network;
import io.millwright.model.plantfile.Reference.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The section `network`.
final class NetworkShape {

    private static final long GIGABIT = 1_000_000_000L;

    private static final Field<Integer> ENTRIES = Field.required(
            "entries", new Whole(1, 1_000_000), "How many entries the gate control list of a port holds.");
    private static final Field<Duration> TICK =
            Field.required("tick", PlantShape.DURATION, "Granularity of the times in the gate control list.");
    private static final ObjectOf<Network.Gates> GATES_SHAPE = new ObjectOf<>(
            "Gates",
            List.of(ENTRIES, TICK),
            f -> f.complete() ? new Network.Gates(f.require(ENTRIES), f.require(TICK)) : null);

    private static final Field<Integer> PORTS =
            Field.required("ports", new Whole(1, 10_000), "How many ports the switch has.");
    private static final Field<Long> RATE = Field.optional("rate", PlantShape.BIT_RATE, "1Gbps", "Bit rate of a port.");
    private static final Field<Network.Gates> GATES = Field.optional(
            "gates", GATES_SHAPE, "Gates for scheduled traffic (IEEE 802.1Q, 8.6.8.4), if the switch has them.");
    private static final ObjectOf<Network.Switch> SWITCH =
            new ObjectOf<>("Switch", List.of(PORTS, RATE, GATES), NetworkShape::networkSwitch);

    private static final Field<List<ListOf.Item<String>>> CARRIES = Field.optional(
            "carries",
            new ListOf<>(Reference.to(Kind.CONNECTION), 0, Integer.MAX_VALUE, true),
            "The connections whose devices are reached at this station.");
    private static final ObjectOf<Network.Station> STATION =
            new ObjectOf<>("Station", List.of(CARRIES), NetworkShape::station);

    private static final Field<Map<String, Network.Switch>> SWITCHES =
            Field.optional("switches", MapOf.of(Kind.SWITCH, SWITCH), "The switches, by name.");
    private static final Field<Map<String, Network.Station>> STATIONS =
            Field.optional("stations", MapOf.of(Kind.STATION, STATION), "The end stations, by name.");
    private static final Field<List<ListOf.Item<List<ListOf.Item<String>>>>> LINKS = Field.optional(
            "links",
            ListOf.any(new ListOf<>(Reference.to(Kind.STATION, Kind.SWITCH), 2, 2, false)),
            "The full-duplex links, each a pair of stations or switches.");

    static final ObjectOf<Network> NETWORK =
            new ObjectOf<>("Network", List.of(SWITCHES, STATIONS, LINKS), NetworkShape::network);

    private NetworkShape() {}

    private static Network.@Nullable Switch networkSwitch(Fields f) {
        return f.complete()
                ? new Network.Switch(f.name(Kind.SWITCH), f.require(PORTS), f.or(RATE, GIGABIT), f.optional(GATES))
                : null;
    }

    private static Network.@Nullable Station station(Fields f) {
        return f.complete()
                ? new Network.Station(f.name(Kind.STATION), PlantShape.values(f.or(CARRIES, List.of())))
                : null;
    }

    private static @Nullable Network network(Fields f) {
        var links = f.or(LINKS, List.of());
        checkLinks(f, links);
        if (!f.complete()) {
            return null;
        }
        return new Network(
                List.copyOf(f.or(SWITCHES, Map.of()).values()),
                List.copyOf(f.or(STATIONS, Map.of()).values()),
                links.stream()
                        .map(link -> new Network.Link(one(link), other(link)))
                        .toList());
    }

    private static void checkLinks(Fields f, List<ListOf.Item<List<ListOf.Item<String>>>> links) {
        Map<String, Network.Switch> switches = f.or(SWITCHES, Map.of());
        var used = new HashMap<String, Integer>();
        var seen = new HashSet<Set<String>>();
        for (var link : links) {
            if (one(link).equals(other(link))) {
                f.reader().report(link.node(), "the link joins \"" + one(link) + "\" to itself", Optional.empty());
                continue;
            }
            if (!seen.add(Set.of(one(link), other(link)))) {
                f.reader()
                        .report(
                                link.node(),
                                "\"%s\" and \"%s\" are already linked".formatted(one(link), other(link)),
                                Optional.of("remove one of the two"));
            }
            for (ListOf.Item<String> end : link.value()) {
                Network.Switch sw = switches.get(end.value());
                int ports = used.merge(end.value(), 1, Integer::sum);
                if (sw != null && ports == sw.ports() + 1) {
                    f.reader()
                            .report(
                                    end.node(),
                                    "no port of \"" + sw.name() + "\" is free",
                                    Optional.of("it has " + sw.ports()));
                }
            }
        }
    }

    private static String one(ListOf.Item<List<ListOf.Item<String>>> link) {
        return link.value().getFirst().value();
    }

    private static String other(ListOf.Item<List<ListOf.Item<String>>> link) {
        return link.value().getLast().value();
    }
}
