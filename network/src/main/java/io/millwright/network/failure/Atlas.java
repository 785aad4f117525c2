package io.millwright.network.failure;

import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Placement;
import io.millwright.network.schedule.Schedule;
import io.millwright.network.schedule.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds the consequences of failures for a schedule, and alternatives.
///
/// A stream whose frames do not come where something fails keeps its place. For the others a place is looked
/// for beside those, on the links that are left ([Rescue]). What is lost is lost with a proof. A redundant
/// stream needs no other place while one of its members goes on.
public final class Atlas {

    private final Schedule schedule;
    private final LongSupplier nanoTime;
    private final long seed;
    private final long hyperperiod;
    /// By index of the stream.
    private final long[] delays;

    /// @param schedule one that holds
    /// @param nanoTime a clock that only goes forward, in nanoseconds
    /// @param seed of all lots that are drawn
    public Atlas(Schedule schedule, LongSupplier nanoTime, long seed) {
        this.schedule = schedule;
        this.nanoTime = nanoTime;
        this.seed = seed;
        hyperperiod = schedule.problem().hyperperiodNanos();
        delays = new long[schedule.placements().size()];
        Arrays.setAll(
                delays,
                i -> schedule.placements()
                        .get(i)
                        .delayNanos(
                                schedule.problem().topology(),
                                schedule.problem().streams().get(i)));
    }

    /// What a failure leads to.
    ///
    /// @param time how long to look for places at most, or a little longer
    public Consequence of(Failure failure, Duration time) {
        return new Finding(failure).consequence(time);
    }

    /// What becomes of a redundant stream, from what becomes of its members.
    private static Fate both(Fate one, Fate other) {
        return one instanceof Fate.Covered && other instanceof Fate.Moved
                        || other instanceof Fate.Covered && !(one instanceof Fate.Moved)
                ? other
                : one;
    }

    /// The way to one consequence. Streams are named by their index.
    private final class Finding {
        private final long began = nanoTime.getAsLong();
        private final Failure failure;
        private final Residual residual;
        private final Rescue rescue;
        private final Map<Integer, List<Integer>> gone = new HashMap<>();
        private final Map<Integer, Stream> wanted = new TreeMap<>();
        private final Map<Integer, Fate.Lost> lost = new HashMap<>();
        /// Members of redundant streams that have no place, and the others in their stead.
        private final Map<Integer, Integer> covered = new HashMap<>();
        /// Members of redundant streams that have a part of the listeners each.
        private final BitSet together = new BitSet();

        private Finding(Failure failure) {
            this.failure = failure;
            residual = new Residual(schedule.problem().topology(), failure);
            rescue = new Rescue(residual.topology(), schedule.problem().limits(), delays.length, nanoTime, seed);
        }

        private Consequence consequence(Duration time) {
            int n = schedule.problem().streams().size();
            IntStream.range(0, n).forEach(this::sort);
            cover();
            rescue.save(wanted, time);
            rescue.lost()
                    .forEach((i, proof) -> lost.put(i, new Fate.Lost(stream(i).id(), Fate.Cause.NO_PLACE, proof)));
            var fates = IntStream.range(0, n).mapToObj(this::fate).toList();
            var changes = new Changes(schedule.problem().topology(), failure, hyperperiod);
            boolean moves = fates.stream().anyMatch(Fate.Moved.class::isInstance);
            long drain = 0;
            for (int i = 0; i < n; i++) {
                // what is left of a covered member may go on where nobody needs its place
                if (!(fates.get(i) instanceof Fate.Untouched || fates.get(i) instanceof Fate.Covered && !moves)) {
                    changes.add(stream(i), before(i), now(i));
                    drain = Math.max(drain, delays[i]);
                }
            }
            return new Consequence(
                    failure,
                    folded(fates),
                    moves ? Optional.of(rescue.schedule()) : Optional.empty(),
                    changes.changes(),
                    drain,
                    hyperperiod,
                    nanoTime.getAsLong() - began);
        }

        /// Whether a stream goes on, is lost, or needs another place.
        private void sort(int index) {
            var stream = stream(index);
            if (failure.takes(stream.source())) {
                var proof = Message.of("talker-gone", "its talker, node {node}, is gone")
                        .node("node", stream.source());
                lost.put(index, new Fate.Lost(stream.id(), Fate.Cause.END_GONE, proof));
                return;
            }
            var placement = residual.kept(stream, before(index));
            var remaining = stream;
            if (placement == null) {
                var listeners = residual.listeners(stream);
                if (listeners.isEmpty()) {
                    lost.put(index, residual.separated(stream));
                    return;
                }
                if (listeners.size() < stream.destinations().size()) {
                    gone.put(
                            index,
                            stream.destinations().stream()
                                    .filter(d -> !listeners.contains(d))
                                    .toList());
                    remaining = stream.to(listeners);
                    placement = residual.kept(remaining, before(index));
                }
            }
            if (placement == null) {
                wanted.put(index, remaining);
            } else {
                rescue.keep(index, remaining, placement);
            }
        }

        /// A member of a redundant stream needs no other place where the other one goes on, or where each
        /// listener still has one of them. Where that is not so, one of both is saved.
        private void cover() {
            var first = new HashMap<Integer, Integer>();
            for (int i = 0; i < delays.length; i++) {
                var twin = first.putIfAbsent(stream(i).id(), i);
                if (twin != null && wanted.containsKey(i) && wanted.containsKey(twin) && share(i, twin)) {
                    together.set(i);
                    together.set(twin);
                } else if (twin != null && (wanted.containsKey(i) || wanted.containsKey(twin))) {
                    int touched = wanted.containsKey(i) ? i : twin;
                    covered.put(touched, touched == i ? twin : i);
                    wanted.remove(touched);
                }
            }
        }

        /// Whether each listener is reached by one of two touched members: then both go on as far as they come.
        private boolean share(int one, int other) {
            var reached = new TreeMap<Integer, Stream>();
            var missing =
                    new ArrayList<>(Objects.requireNonNull(wanted.get(one)).destinations());
            for (int index : new int[] {one, other}) {
                var stream = Objects.requireNonNull(wanted.get(index));
                var there = stream.destinations().stream()
                        .filter(l -> residual.kept(stream.to(List.of(l)), before(index)) != null)
                        .toList();
                reached.put(index, stream.to(there));
                missing.removeAll(there);
            }
            if (missing.isEmpty()) {
                reached.forEach((index, stream) -> {
                    rescue.keep(index, stream, Objects.requireNonNull(residual.kept(stream, before(index))));
                    wanted.remove(index);
                });
            }
            return missing.isEmpty();
        }

        private List<Fate> folded(List<Fate> fates) {
            var folded = new LinkedHashMap<Integer, Fate>();
            fates.forEach(fate -> folded.merge(fate.stream(), fate, Atlas::both));
            return List.copyOf(folded.values());
        }

        private Fate fate(int index) {
            if (together.get(index)) {
                return new Fate.Covered(stream(index).id(), gone.getOrDefault(index, List.of()));
            }
            var other = covered.get(index);
            if (other != null) {
                var fate = fate(other);
                return fate instanceof Fate.Lost || fate instanceof Fate.Open
                        ? fate
                        : new Fate.Covered(stream(index).id(), gone.getOrDefault(index, List.of()));
            }
            int id = stream(index).id();
            var end = lost.get(index);
            var placement = rescue.placed(index);
            var missing = gone.getOrDefault(index, List.of());
            if (end != null) {
                return end;
            }
            if (placement == null) {
                return new Fate.Open(id);
            }
            if (wanted.containsKey(index)) {
                return new Fate.Moved(
                        id,
                        missing,
                        delays[index],
                        placement.offsetNanos(),
                        placement.delayNanos(residual.topology(), wanted.getOrDefault(index, stream(index))));
            }
            return missing.isEmpty() ? new Fate.Untouched(id) : new Fate.Reduced(id, missing);
        }

        private Stream stream(int index) {
            return schedule.problem().streams().get(index);
        }

        private Placement before(int index) {
            return schedule.placements().get(index);
        }

        /// The place of a stream in the alternative, on links of the whole network.
        private @Nullable Placement now(int index) {
            var placement = rescue.placed(index);
            return placement == null
                    ? null
                    : new Placement(
                            placement.links().stream().map(residual::origin).toList(),
                            placement.startsNanos(),
                            placement.queues());
        }
    }
}
