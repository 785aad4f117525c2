package io.millwright.plc.pace;

import java.util.BitSet;
import java.util.stream.Collectors;

/// Which cores of the process threads in a real-time class may be on, so that all others have some where none of them
/// is. Processes on the same cores divide them alike.
///
/// @param all those that the process was given
/// @param prompt of threads in a real-time class: the last ones, a half of all, at most four; none of a single one
/// @param rest those on which there is none
record Cores(BitSet all, BitSet prompt, BitSet rest) {
    private static final int PROMPT_MAX = 4;

    static Cores of(BitSet all) {
        var prompt = new BitSet();
        int last = all.length() - 1;
        for (int left = Math.min(all.cardinality() / 2, PROMPT_MAX); left > 0; left--) {
            prompt.set(last);
            last = all.previousSetBit(last - 1);
        }
        var rest = (BitSet) all.clone();
        rest.andNot(prompt);
        return new Cores(all, prompt, rest);
    }

    /// Of this process.
    static Cores ofProcess() {
        return of(LinuxThreads.cores(LinuxThreads.first()));
    }

    /// Whether there are enough of them.
    boolean areApart() {
        return !prompt.isEmpty();
    }

    /// As taskset(1) writes them, e.g. `1-3,7`.
    static String text(BitSet cores) {
        return cores.stream()
                .filter(c -> c == 0 || !cores.get(c - 1))
                .mapToObj(c -> {
                    int last = cores.nextClearBit(c) - 1;
                    return last == c ? Integer.toString(c) : c + "-" + last;
                })
                .collect(Collectors.joining(","));
    }
}
