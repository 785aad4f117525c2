package io.millwright.process.replay;

import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.process.replay.RecordingFormat.Column;
import io.millwright.process.serve.EdgeDevices;
import io.millwright.process.serve.Ledger;
import io.millwright.process.serve.OpcUaPointServer;
import io.millwright.process.serve.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/// Recordings served as if their machines were running: each as an asset named like its file, all beginning together.
/// The signals are OPC UA nodes `ns=2;s=ASSET.SIGNAL`, and metrics of an edge node `replay` if a broker is given.
public final class Replay implements AutoCloseable {

    /// The Sparkplug group and edge node.
    public static final String GROUP = "replay";

    /// So many rows wait for a client between two publishings; accelerated replays are fast.
    private static final int QUEUE = 5_000;

    private static final long PARK_NANOS_MAX = 50_000_000;

    private final List<Track> tracks = new ArrayList<>();
    private final ReplaySettings settings;
    private final Time time;
    private final OpcUaPointServer server;
    private final Optional<EdgeDevices> edge;
    private final Ledger ledger = Ledger.counting();
    private volatile boolean closed;

    /// A recording, its points, and where its replay stands.
    private static final class Track {
        final Recording recording;
        final List<Point> opcUa;
        final List<Point> metrics;
        final long firstNanos;
        int row;
        long loopedNanos;

        Track(Recording recording, boolean published) {
            this.recording = recording;
            opcUa = points(recording, recording.name() + ".");
            metrics = published ? points(recording, "") : List.of();
            firstNanos = recording.times().getFirst();
        }

        private static List<Point> points(Recording recording, String prefix) {
            return recording.columns().stream()
                    .map(c -> point(c, prefix + c.signal()))
                    .toList();
        }

        private static Point point(Column column, String name) {
            return column.text()
                    ? Point.text(name, column.column())
                    : Point.measured(name, column.unit(), column.column());
        }

        /// When the row is due, in recorded time since the beginning.
        long dueNanos() {
            return recording.times().get(row) - firstNanos + loopedNanos;
        }

        void show(long sourceNanos) {
            var values = recording.rows().get(row);
            for (int i = 0; i < values.size(); i++) {
                boolean missing = values.get(i) instanceof Value.Missing;
                var quality = missing ? Quality.BAD_DECODING_ERROR : Quality.GOOD;
                var reading = new Reading(values.get(i), quality, sourceNanos);
                opcUa.get(i).update(reading);
                if (!metrics.isEmpty()) {
                    metrics.get(i).update(reading);
                }
            }
        }

        /// Goes on to the next row.
        ///
        /// @return whether there is one
        boolean next(boolean loop) {
            row++;
            if (row < recording.times().size()) {
                return true;
            }
            row = 0;
            int rows = recording.times().size();
            loopedNanos += recording.lengthNanos() + recording.lengthNanos() / Math.max(1, rows - 1);
            return loop && rows > 1;
        }
    }

    private Replay(List<Recording> recordings, ReplaySettings settings, Time time) throws IOException {
        this.settings = settings;
        this.time = time;
        recordings.forEach(r -> tracks.add(new Track(r, settings.broker().isPresent())));
        var points = tracks.stream().flatMap(t -> t.opcUa.stream()).toList();
        server = OpcUaPointServer.start(
                settings.opcUaPort(), settings.folder().resolve("opc-ua"), points, QUEUE, ledger, time);
        edge = settings.broker()
                .map(broker ->
                        EdgeDevices.start(broker, GROUP, GROUP, Optional.empty(), devices(), Ledger.counting(), time));
    }

    private Map<String, List<Point>> devices() {
        var devices = new LinkedHashMap<String, List<Point>>();
        tracks.forEach(t -> devices.put(t.recording.name(), t.metrics));
        return devices;
    }

    /// Serves the recordings, standing still; [#play] lets them run.
    ///
    /// @throws io.millwright.process.serve.PortTaken if the port is taken
    /// @throws IOException if the folder cannot be used
    public static Replay serve(List<Recording> recordings, ReplaySettings settings, Time time) throws IOException {
        return new Replay(recordings, settings, time);
    }

    /// `opc.tcp://host:port`.
    public String endpoint() {
        return "opc.tcp://127.0.0.1:" + server.port();
    }

    /// How many nodes clients monitor.
    public int monitored() {
        return server.monitored();
    }

    /// How many changes of values were handed to clients that monitor them.
    public long produced() {
        return ledger.entries();
    }

    /// Replays until the end of the last recording, or until closed.
    public void play() {
        long began = time.monotonicNanos();
        long beganEpoch = time.epochNanos();
        var queue = new PriorityQueue<>(Comparator.comparingLong(Track::dueNanos));
        queue.addAll(tracks);
        while (!queue.isEmpty() && !closed) {
            var track = queue.poll();
            long due = track.dueNanos();
            long offset = (long) (due / settings.speed());
            awaitMoment(began + offset);
            boolean original = settings.times() == ReplaySettings.Times.ORIGINAL;
            track.show(original ? track.firstNanos + due : beganEpoch + offset);
            edge.ifPresent(e -> e.publish(track.recording.name()));
            if (track.next(settings.loop())) {
                queue.add(track);
            }
        }
    }

    private void awaitMoment(long monotonicNanos) {
        while (!closed) {
            long left = monotonicNanos - time.monotonicNanos();
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(Math.min(left, PARK_NANOS_MAX));
        }
    }

    @Override
    public void close() {
        closed = true;
        edge.ifPresent(EdgeDevices::close);
        server.close();
    }
}
