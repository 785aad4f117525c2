package io.millwright.node.net;

import io.millwright.network.model.GateProblem;
import io.millwright.network.model.NetworkModel;
import io.millwright.network.model.TopologyFile;
import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.Names;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.ProblemFiles;
import io.millwright.network.schedule.ProblemFiles.Source;
import io.millwright.node.command.UsageError;
import java.util.List;
import java.util.Optional;

/// What is to be scheduled, wherever it comes from.
///
/// @param problem links and streams
/// @param names of nodes and streams
/// @param topology the links as the table that goes with the result
/// @param streams the streams as the table that goes with the result
/// @param network the network with all its streams, where it is known
record ScheduleInput(Problem problem, Names names, String topology, String streams, Optional<NetworkModel> network) {

    /// What is asked for a stream, in names: equal in two inputs where nothing about it has changed.
    record Wish(
            String stream,
            String talker,
            List<String> listeners,
            int octets,
            long periodNanos,
            long deadlineNanos,
            long jitterNanos) {}

    /// A network that is known by names.
    ///
    /// @param where what messages call it
    /// @throws UsageError if it cannot be scheduled
    static ScheduleInput of(NetworkModel network, String where) {
        return switch (GateProblem.of(network)) {
            case GateProblem.Wrong(var mistake, var names) -> throw new UsageError(where + ": " + mistake.in(names));
            case GateProblem.Right(var problem, var names, var tables) ->
                new ScheduleInput(problem, names, tables.topology(), tables.streams(), Optional.of(network));
        };
    }

    /// Two files: a table of links, GraphML or node-link JSON, and a table of streams.
    ///
    /// @throws UsageError if they cannot be read
    static ScheduleInput of(Source topology, Source streams) {
        if (!startsWith(topology.text(), '<') && !startsWith(topology.text(), '{')) {
            return of(ProblemFiles.read(topology, streams), topology.text(), streams.text());
        }
        return switch (TopologyFile.read(topology.name(), topology.text())) {
            case TopologyFile.Wrong(var mistake) -> throw new UsageError(mistake);
            case TopologyFile.Right(var network) -> over(network, topology.name(), streams);
        };
    }

    private static ScheduleInput over(NetworkModel network, String name, Source streams) {
        try {
            var links = GateProblem.linksOf(network);
            return of(ProblemFiles.read(links.topology(), links.names(), streams), links.table(), streams.text());
        } catch (IllegalArgumentException e) {
            throw new UsageError(name + ": " + e.getMessage());
        }
    }

    private static boolean startsWith(String text, char first) {
        var start = (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
        return !start.isEmpty() && start.charAt(0) == first;
    }

    private static ScheduleInput of(ProblemFiles.Reading reading, String topology, String streams) {
        return switch (reading) {
            case ProblemFiles.Wrong(var mistake) -> throw new UsageError(mistake);
            case ProblemFiles.Right(var problem, var names) ->
                new ScheduleInput(problem, names, topology, streams, Optional.empty());
        };
    }

    /// The same under limits.
    ScheduleInput within(Limits limits) {
        return new ScheduleInput(problem.within(limits), names, topology, streams, network);
    }

    /// What is asked, in the order of the streams.
    List<Wish> wishes() {
        return problem.streams().stream()
                .map(s -> new Wish(
                        names.stream(s),
                        names.node(s.source()),
                        s.destinations().stream().map(names::node).toList(),
                        s.octets(),
                        s.periodNanos(),
                        s.deadlineNanos(),
                        s.jitterNanos()))
                .toList();
    }
}
