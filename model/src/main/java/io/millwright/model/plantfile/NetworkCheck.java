package io.millwright.model.plantfile;

import io.millwright.model.DurationRange;
import io.millwright.model.Network;
import io.millwright.model.plantfile.Problem.Place;
import io.millwright.model.plantfile.Reference.Kind;
import io.millwright.model.text.Phrase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What several things of the section `network` have to do with each other: ports, links, and ways for streams.
final class NetworkCheck {

    private final PlantReader reader;
    private final Map<String, Network.Switch> switches;
    private final List<ListOf.Item<LinkEntry>> links;

    /// A link as it is written.
    ///
    /// @param ends the two ends, and where they stand
    /// @param bitsPerSecond its rate, where it is given
    /// @param propagation how long a bit travels
    /// @param medium what it is
    record LinkEntry(
            List<ListOf.Item<String>> ends,
            Optional<Long> bitsPerSecond,
            DurationRange propagation,
            Network.Medium medium) {

        String one() {
            return ends.getFirst().value();
        }

        String other() {
            return ends.getLast().value();
        }

        private Optional<Place> place() {
            return Optional.of(new Place("link", one() + " – " + other(), ""));
        }
    }

    NetworkCheck(PlantReader reader, Map<String, Network.Switch> switches, List<ListOf.Item<LinkEntry>> links) {
        this.reader = reader;
        this.switches = switches;
        this.links = links;
    }

    /// Links that join a thing to itself, two links between the same things, switches with too few ports.
    void links() {
        var used = new HashMap<String, Integer>();
        var seen = new HashSet<Set<String>>();
        for (var item : links) {
            LinkEntry link = item.value();
            if (link.one().equals(link.other())) {
                reader.report(
                        link.place(),
                        item.node(),
                        Phrase.of("link-to-itself", "the link joins \"{name}\" to itself", "name", link.one()),
                        Optional.empty());
                continue;
            }
            if (!seen.add(Set.of(link.one(), link.other()))) {
                reader.report(
                        link.place(),
                        item.node(),
                        Phrase.of(
                                "linked",
                                "\"{one}\" and \"{other}\" are already linked",
                                "one",
                                link.one(),
                                "other",
                                link.other()),
                        Optional.of(Phrase.of("remove-one", "remove one of the two")));
            }
            for (ListOf.Item<String> end : link.ends()) {
                Network.Switch sw = switches.get(end.value());
                int ports = used.merge(end.value(), 1, Integer::sum);
                if (sw != null && ports == sw.ports() + 1) {
                    reader.report(
                            link.place(),
                            end.node(),
                            Phrase.of("no-port", "no port of \"{name}\" is free", "name", sw.name()),
                            Optional.of(Phrase.of("it-has", "it has {count}", "count", sw.ports())));
                }
            }
        }
    }

    /// Switches that are in no domain where there are some.
    void domains(Set<String> domains) {
        if (domains.isEmpty()) {
            return; // whoever names one is told that there is none
        }
        for (var sw : switches.values()) {
            if (sw.domain().isEmpty()) {
                reader.report(
                        Optional.of(new Place(Kind.SWITCH.noun(), sw.name(), "")),
                        Objects.requireNonNull(reader.names(Kind.SWITCH).get(sw.name())),
                        Phrase.of("no-domain", "the switch is in no domain"),
                        Optional.of(Phrase.of(
                                "add-domain",
                                "add domain: {name}",
                                "name",
                                domains.iterator().next())));
            }
        }
    }

    /// Listeners that are named twice, or are the talker.
    static void checkListeners(Fields f, String talker, List<ListOf.Item<String>> listeners) {
        var seen = new HashSet<String>();
        for (var listener : listeners) {
            if (listener.value().equals(talker)) {
                var what = Phrase.of("stream-to-itself", "the stream leads from \"{name}\" to itself", "name", talker);
                f.reader().at("listeners", () -> f.reader().report(listener.node(), what, Optional.empty()));
            } else if (!seen.add(listener.value())) {
                var what = Phrase.of("listens-already", "\"{name}\" listens already", "name", listener.value());
                var remedy = Phrase.of("remove-it", "remove it");
                f.reader().at("listeners", () -> f.reader().report(listener.node(), what, Optional.of(remedy)));
            }
        }
    }

    /// Streams with a listener to which no way leads: switches forward, stations do not. Where a link has an end that
    /// is neither, which is told elsewhere, nobody knows.
    void ways(Set<String> stations, List<Network.Stream> streams) {
        if (!links.stream()
                .flatMap(link -> link.value().ends().stream())
                .allMatch(end -> stations.contains(end.value()) || switches.containsKey(end.value()))) {
            return;
        }
        var neighbours = new HashMap<String, List<String>>();
        for (var link : links) {
            neighbours
                    .computeIfAbsent(link.value().one(), _ -> new ArrayList<>())
                    .add(link.value().other());
            neighbours
                    .computeIfAbsent(link.value().other(), _ -> new ArrayList<>())
                    .add(link.value().one());
        }
        var reached = new HashMap<String, Set<String>>();
        for (var stream : streams) {
            for (String listener : stream.listeners()) {
                boolean known = stations.contains(stream.talker()) && stations.contains(listener);
                if (known
                        && !listener.equals(stream.talker())
                        && !reached.computeIfAbsent(stream.talker(), talker -> reach(talker, neighbours))
                                .contains(listener)) {
                    reader.report(
                            Optional.of(new Place(Kind.STREAM.noun(), stream.name(), "")),
                            Objects.requireNonNull(reader.names(Kind.STREAM).get(stream.name())),
                            Phrase.of(
                                    "no-way",
                                    "no way leads from \"{one}\" to \"{other}\"",
                                    "one",
                                    stream.talker(),
                                    "other",
                                    listener),
                            Optional.of(Phrase.of(
                                    "link-both", "link both to switches that are linked; stations do not forward")));
                }
            }
        }
    }

    private Set<String> reach(String talker, Map<String, List<String>> neighbours) {
        var seen = new HashSet<>(Set.of(talker));
        var next = new ArrayDeque<>(List.of(talker));
        while (!next.isEmpty()) {
            for (String there : neighbours.getOrDefault(next.remove(), List.of())) {
                if (seen.add(there) && switches.containsKey(there)) {
                    next.add(there);
                }
            }
        }
        return seen;
    }
}
