package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Finds few streams for which no places are found even when they are alone: a deletion filter. Parts are left
/// out, ever smaller ones, as long as the rest remains without places.
final class ConflictFilter {

    private final Problem problem;
    private final Courses courses;
    private final Predicate<List<Integer>> finds;
    private final BooleanSupplier over;

    /// @param finds whether places are found for streams alone
    /// @param over whether time is up; what `finds` says then is not used
    ConflictFilter(Problem problem, Courses courses, Predicate<List<Integer>> finds, BooleanSupplier over) {
        this.problem = problem;
        this.courses = courses;
        this.finds = finds;
        this.over = over;
    }

    /// @param missing a stream that found no place among all
    /// @return streams in conflict, none of which can be left out; empty if none were found in time
    List<Integer> conflicting(int missing) {
        var streams = neighbours(missing);
        if (finds.test(streams) || over.getAsBoolean()) {
            return List.of();
        }
        for (int part = Math.max(1, streams.size() / 2); ; part = Math.max(1, part / 2)) {
            boolean smaller = true;
            while (smaller) {
                smaller = false;
                for (int from = 0; from < streams.size(); from += part) {
                    var rest = new ArrayList<>(streams);
                    rest.subList(from, Math.min(streams.size(), from + part)).clear();
                    boolean found = rest.isEmpty() || finds.test(rest);
                    if (over.getAsBoolean()) {
                        return List.of();
                    }
                    if (!found) {
                        streams = rest;
                        smaller = true;
                        break;
                    }
                }
            }
            if (part == 1) {
                return streams;
            }
        }
    }

    /// A stream and all that could meet it on some link.
    private List<Integer> neighbours(int stream) {
        var links = links(stream);
        var found = new ArrayList<Integer>();
        for (int other = 0; other < problem.streams().size(); other++) {
            if (links(other).intersects(links)) {
                found.add(other);
            }
        }
        return found;
    }

    private BitSet links(int stream) {
        var links = new BitSet();
        courses.of(stream).forEach(c -> {
            for (int link : c.links) {
                links.set(link);
            }
        });
        return links;
    }
}
