package io.millwright.network.failure;

import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Outcome;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.Scheduler;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Finds places for streams beside others that keep theirs: for all of them, or else for as many as it can.
final class Rescue {

    /// Which part of the time that is left one attempt has.
    private static final int SHARE = 4;

    private static final long LEAST_NANOS = 5_000_000;

    private final Topology topology;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final long seed;
    private final @Nullable Stream[] streams;
    private final @Nullable Placement[] placed;
    private final Map<Integer, Message> lost = new HashMap<>();
    private long end;

    /// @param count how many streams there are; they are named by their index
    Rescue(Topology topology, Limits limits, int count, LongSupplier nanoTime, long seed) {
        this.limits = limits;
        streams = new Stream[count];
        placed = new Placement[count];
        this.topology = topology;
        this.nanoTime = nanoTime;
        this.seed = seed;
    }

    /// A stream that keeps its place.
    void keep(int index, Stream stream, Placement placement) {
        streams[index] = stream;
        placed[index] = placement;
    }

    /// Where a stream is; null where it has no place.
    @Nullable
    Placement placed(int index) {
        return placed[index];
    }

    /// Why streams without a place cannot have one.
    Map<Integer, Message> lost() {
        return lost;
    }

    /// All that have a place.
    Schedule schedule() {
        var members = members(List.of());
        return new Schedule(
                problem(members),
                members.stream().map(i -> Objects.requireNonNull(placed[i])).toList());
    }

    /// Finds places.
    ///
    /// @param wanted the streams by index
    void save(Map<Integer, Stream> wanted, Duration time) {
        end = nanoTime.getAsLong() + time.toNanos();
        wanted.forEach((i, stream) -> streams[i] = stream);
        if (!wanted.isEmpty()) {
            save(List.copyOf(wanted.keySet()));
        }
    }

    private void save(List<Integer> wanted) {
        switch (outcome(wanted)) {
            case Outcome.Scheduled(var schedule) -> keep(schedule, wanted);
            case Outcome.Impossible(var reasons) -> {
                if (wanted.size() == 1) {
                    lost.put(wanted.getFirst(), reasons.getFirst());
                } else {
                    halves(wanted);
                }
            }
            case Outcome.NotFound notFound -> without(wanted, notFound.missing());
        }
    }

    private void halves(List<Integer> wanted) {
        save(wanted.subList(0, wanted.size() / 2));
        save(wanted.subList(wanted.size() / 2, wanted.size()));
    }

    /// Saves those that had a place when others had none; then tries the others.
    private void without(List<Integer> wanted, List<Integer> missing) {
        var others =
                wanted.stream().filter(i -> missing.contains(stream(i).id())).toList();
        if (others.size() < wanted.size()) {
            save(wanted.stream().filter(i -> !others.contains(i)).toList());
            if (others.size() > 1) {
                halves(others);
            }
        } else if (wanted.size() > 1) {
            halves(wanted);
        }
    }

    private void keep(Schedule schedule, List<Integer> wanted) {
        var members = members(wanted);
        for (int i = 0; i < members.size(); i++) {
            int index = members.get(i);
            if (placed[index] == null) {
                placed[index] = schedule.placements().get(i);
            }
        }
    }

    private List<Integer> members(List<Integer> wanted) {
        var chosen = new BitSet(placed.length);
        wanted.forEach(chosen::set);
        var members = new ArrayList<Integer>(placed.length);
        for (int i = 0; i < placed.length; i++) {
            if (placed[i] != null || chosen.get(i)) {
                members.add(i);
            }
        }
        return members;
    }

    private Problem problem(List<Integer> members) {
        var chosen = new ArrayList<Stream>(streams.length);
        members.forEach(i -> chosen.add(stream(i)));
        return new Problem(topology, chosen, limits);
    }

    private Stream stream(int index) {
        return Objects.requireNonNull(streams[index]);
    }

    private Outcome outcome(List<Integer> wanted) {
        var members = members(wanted);
        var promises = new HashMap<Integer, Placement>();
        for (int i = 0; i < members.size(); i++) {
            var placement = placed[members.get(i)];
            if (placement != null) {
                promises.put(i, placement);
            }
        }
        var scheduler = new Scheduler(problem(members), nanoTime, seed);
        if (!scheduler.keep(promises).isEmpty()) {
            // Without the streams that are gone, the places of the others may break a limit of a switch.
            return new Outcome.NotFound(
                    promises.size(), wanted.stream().map(i -> stream(i).id()).toList(), List.of());
        }
        long nanos = Math.max(LEAST_NANOS, (end - nanoTime.getAsLong()) / SHARE);
        return scheduler.run(Duration.ofNanos(nanos));
    }
}
