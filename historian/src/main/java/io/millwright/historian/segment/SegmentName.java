package io.millwright.historian.segment;

import java.util.Optional;

/// The name of a segment: which journal files it holds. `segment-0000000007-0000000012.tsfile`, with the catalog in
/// `segment-0000000007-0000000012.catalog`.
///
/// @param first number of the first journal file in it
/// @param last number of the last
public record SegmentName(long first, long last) implements Comparable<SegmentName> {

    /// Behind the name of a file that is being written.
    static final String TEMPORARY = ".new";
    /// Behind the name of a file that is set aside.
    public static final String DAMAGED = ".damaged";

    private static final String BEFORE = "segment-";
    private static final String BEHIND = ".tsfile";

    /// The name of the TsFile.
    public String file() {
        return text() + BEHIND;
    }

    /// The name of the catalog.
    public String catalog() {
        return text() + ".catalog";
    }

    private String text() {
        return "%s%010d-%010d".formatted(BEFORE, first, last);
    }

    /// Reads the name of a TsFile; empty if it is none of ours.
    public static Optional<SegmentName> parse(String file) {
        if (!file.matches(BEFORE + "[0-9]{10,18}-[0-9]{10,18}" + BEHIND)) {
            return Optional.empty();
        }
        String[] numbers =
                file.substring(BEFORE.length(), file.length() - BEHIND.length()).split("-", 2);
        return Optional.of(new SegmentName(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
    }

    /// Whether this segment holds all that the other does.
    public boolean covers(SegmentName other) {
        return first <= other.first && last >= other.last;
    }

    /// Whether this segment holds the journal file of this number.
    public boolean covers(long number) {
        return first <= number && number <= last;
    }

    @Override
    public int compareTo(SegmentName other) {
        return first != other.first ? Long.compare(first, other.first) : Long.compare(other.last, last);
    }
}
