package io.millwright.connect.modbus;

import io.millwright.model.Quality;
import io.millwright.model.SignalName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which requests read a set of points: neighbours together, within what one request may carry.
final class ReadPlan {

    private ReadPlan() {}

    /// A point that is read again and again for a signal.
    static final class Polled {
        final SignalName signal;
        final Point point;
        /// The quality delivered last, so that a point that stays bad says so once.
        Quality last = Quality.BAD_WAITING_FOR_INITIAL_DATA;

        Polled(SignalName signal, Point point) {
            this.signal = signal;
            this.point = point;
        }
    }

    /// One request.
    ///
    /// @param points what it reads, by address
    record Block(Table table, int start, int count, List<Polled> points) {
        /// The block that reads just these points.
        static Block of(List<Polled> points) {
            Point first = points.getFirst().point;
            int end = points.stream().mapToInt(p -> p.point.end()).max().orElseThrow();
            return new Block(first.table(), first.address(), end - first.address(), List.copyOf(points));
        }

        /// Two blocks with half of the points each.
        List<Block> halves() {
            int middle = points.size() / 2;
            return List.of(of(points.subList(0, middle)), of(points.subList(middle, points.size())));
        }
    }

    /// Packs points into blocks.
    ///
    /// @param gap how many unused addresses a block may bridge between two points
    static List<Block> of(List<Polled> points, int gap) {
        var sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparing((Polled p) -> p.point.table()).thenComparingInt(p -> p.point.address()));
        var blocks = new ArrayList<Block>();
        var run = new ArrayList<Polled>();
        int end = 0;
        for (Polled next : sorted) {
            if (!run.isEmpty() && !joins(run.getFirst().point, end, next.point, gap)) {
                blocks.add(Block.of(run));
                run.clear();
                end = 0;
            }
            run.add(next);
            end = Math.max(end, next.point.end());
        }
        if (!run.isEmpty()) {
            blocks.add(Block.of(run));
        }
        return blocks;
    }

    private static boolean joins(Point first, int end, Point next, int gap) {
        return next.table() == first.table()
                && next.address() - end <= gap
                && Math.max(end, next.end()) - first.address() <= first.table().mostPerRequest();
    }
}
