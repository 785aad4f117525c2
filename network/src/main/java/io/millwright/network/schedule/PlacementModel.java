package io.millwright.network.schedule;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.Literal;
import io.millwright.network.schedule.PeriodicModel.Occupation;
import io.millwright.network.schedule.PeriodicModel.Result;
import io.millwright.network.schedule.Timetable.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Places for some streams beside all that have theirs, by constraint programming: a choice of ways, and on
/// each link a start that is later than the frame is there where it can wait.
///
/// The variable of a link is its start less the lead of the way (see [Course]): the offset of the stream, and
/// what the frame has waited up to there. The streams that have their places are not in the model; what they
/// leave free is the range of its variables. Which queue a frame waits in is not in the model either, as there
/// are mostly enough: the [Timetable] judges every place in the end.
final class PlacementModel {

    private final Problem problem;
    private final Courses courses;
    private final Timetable table;
    private final Claims claims;
    private final PeriodicModel model = new PeriodicModel();
    private final Map<Integer, List<Option>> options = new TreeMap<>();

    /// A way that a stream may take, with the variable of each of its links.
    private record Option(Course course, Literal taken, IntVar[] moments) {}

    /// When a stream can be sent on a way, from what others leave.
    ///
    /// @param owners for each link the first of those before it, or itself, from which on the frame does not
    ///     wait
    /// @param gaps for each link that is its own owner first and last moments in turn; for others nothing
    private record Room(Course course, int[] owners, List<long[]> gaps) {}

    /// @param table from which the streams that are to be placed have been removed
    PlacementModel(Problem problem, Courses courses, Timetable table) {
        this.problem = problem;
        this.courses = courses;
        this.table = table;
        claims = new Claims(problem);
    }

    /// Adds a stream.
    ///
    /// @param hint where it was before, perhaps
    /// @return false where there is no room for it whatever the others do
    boolean add(int index, @Nullable Place hint) {
        var stream = problem.streams().get(index);
        var rooms = new ArrayList<Room>();
        for (var way : courses.of(index)) {
            var room = room(stream, way);
            if (room != null) {
                rooms.add(room);
            }
        }
        if (rooms.isEmpty()) {
            return false;
        }
        var taken = model.choice(rooms.size());
        var added = new ArrayList<Option>();
        for (int i = 0; i < rooms.size(); i++) {
            added.add(option(index, rooms.get(i), taken.get(i)));
        }
        options.put(index, added);
        if (hint != null) {
            added.forEach(o -> hint(o, hint));
        }
        return true;
    }

    private @Nullable Room room(Stream stream, Course way) {
        long period = stream.periodNanos();
        int n = way.size();
        var owners = new int[n];
        var gaps = new Gaps[n];
        for (int i = 0; i < n; i++) {
            int before = way.parents[i];
            owners[i] = before < 0 ? 0 : mayWait(stream, way, i) ? i : owners[before];
            if (owners[i] == i) {
                gaps[i] = new Gaps(period);
            }
            var blocked = gaps[owners[i]];
            table.obstacles(period, way, i, 0, (repeat, start, length, _) -> blocked.blockEvery(repeat, start, length));
        }
        var remaining = new ArrayList<long[]>();
        for (int i = 0; i < n; i++) {
            long most = i == 0 ? 0 : period - 1 + slack(stream, way, i);
            remaining.add(owners[i] == i ? gaps[i].remaining((int) (most / period) + 1) : new long[0]);
            if (owners[i] == i && remaining.getLast().length == 0) {
                return null;
            }
        }
        return new Room(way, owners, remaining);
    }

    /// For how long a frame can have waited in all when it is sent on a link: its queue is its own for a
    /// period.
    private static long slack(Stream stream, Course way, int i) {
        return Math.min(stream.deadlineNanos() - way.tail[i] - way.lead[i], stream.periodNanos() - 1);
    }

    /// Frames wait in the model where there are no limits that would bind their gates.
    private boolean mayWait(Stream stream, Course way, int i) {
        var limits = problem.limits(way.links[i]);
        return slack(stream, way, i) > 0
                && problem.topology().links().get(way.links[i]).queues() > 1
                && limits.guardNanos() == 0
                && limits.minGateNanos() == 0
                && limits.tickNanos() == 1
                && limits.gateEntries() == Integer.MAX_VALUE;
    }

    private Option option(int index, Room room, Literal taken) {
        var stream = problem.streams().get(index);
        var way = room.course;
        var moments = new IntVar[way.size()];
        for (int i = 0; i < moments.length; i++) {
            int owner = room.owners[i];
            if (owner == i) {
                moments[i] = model.moment(room.gaps.get(i));
                if (i > 0) {
                    long wait = Math.min(slack(stream, way, i), stream.periodNanos() - way.length[i]);
                    model.later(moments[way.parents[i]], moments[i], 0, wait, taken);
                    model.later(moments[0], moments[i], 0, slack(stream, way, i), taken);
                }
            } else {
                moments[i] = moments[owner];
            }
            long guard = claims.guard(way, i);
            model.occupy(
                    way.links[i],
                    new Occupation(
                            index,
                            moments[i],
                            way.lead[i] - guard,
                            way.length[i] + 2 * guard,
                            stream.periodNanos(),
                            taken));
        }
        return new Option(way, taken, moments);
    }

    private void hint(Option option, Place place) {
        boolean same = Arrays.equals(option.course.links, place.course().links);
        model.hint(option.taken, same);
        for (int i = 0; same && i < option.moments.length; i++) {
            model.hint(option.moments[i], place.starts()[i] - option.course.lead[i]);
        }
    }

    /// How many pairs of intervals the model keeps apart.
    int pairs() {
        return model.pairs();
    }

    /// See [PeriodicModel#solve].
    Result solve(double effort, long nanos, long seed) {
        return model.solve(effort, nanos, seed);
    }

    /// Puts all streams where the solution has them.
    ///
    /// @return those that the timetable refuses there, as there is no queue
    List<Integer> put() {
        var refused = new ArrayList<Integer>();
        options.forEach((index, choice) -> {
            var place = table.place(problem.streams().get(index), Placement.of(place(index, choice)));
            if (place.isPresent()) {
                table.put(index, place.get());
            } else {
                refused.add(index);
            }
        });
        return refused;
    }

    private Place place(int index, List<Option> choice) {
        var option =
                choice.stream().filter(o -> model.isTrue(o.taken)).findFirst().orElseThrow();
        var starts = new long[option.moments.length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = model.value(option.moments[i]) + option.course.lead[i];
        }
        var place = new Place(option.course, starts, new int[starts.length]);
        assignQueues(place, problem.streams().get(index).periodNanos());
        return place;
    }

    /// Gives frames that wait a free queue where there is one, and the others the last.
    private void assignQueues(Place place, long period) {
        for (int i = 0; i < place.starts().length; i++) {
            int last = problem.topology().links().get(place.course().links[i]).queues() - 1;
            place.queues()[i] = last;
            if (claims.waits(place, i) && last > 0) {
                long from = claims.inQueue(place, i);
                table.enqueue(place, i, period, from, from + claims.inQueueFor(place, i));
            }
        }
    }
}
