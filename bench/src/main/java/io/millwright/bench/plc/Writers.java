package io.millwright.bench.plc;

import java.util.ArrayList;
import java.util.List;

/// Who of two PLCs wrote, from after one take-over until after the next one, which followed a kill.
///
/// Two that change places by themselves, as one of them was late, are not two that write at the same time. Each change
/// of places takes an epoch of its own, and who has lost its place has to follow and to answer fifty times in time
/// before it can have it back: until then the other one wrote for many cycles.
///
/// @param unaided how often they changed places by themselves
/// @param strays values of one PLC between those of the other that no change of places explains
record Writers(long unaided, long strays) {
    /// Fewer values in a row than anybody writes who has taken over and is taken over from: a tenth of a second.
    private static final int FEW = 10;

    /// @param epochs how many were given meanwhile, that of the kill among them
    static Writers of(List<WatchedDevice.Written> written, long epochs) {
        List<Integer> rows = new ArrayList<>();
        int door = -1;
        for (WatchedDevice.Written value : written) {
            if (value.door() == door) {
                rows.set(rows.size() - 1, rows.getLast() + 1);
            } else {
                rows.add(1);
                door = value.door();
            }
        }
        long strays = 0;
        long changes = rows.size() - 1L;
        for (int i = 1; i < rows.size() - 1; i++) {
            if (rows.get(i) < FEW) {
                strays += rows.get(i);
                changes -= 2;
            }
        }
        // Each change that has no epoch is at least one value in the wrong place.
        strays += Math.max(0, changes - epochs);
        return new Writers(Math.max(0, Math.min(changes, epochs) - 1), strays);
    }

    /// What is to be said of it, empty where all is as it should be.
    String text() {
        return (unaided == 0 ? "" : "; changed places by themselves %d times before".formatted(unaided))
                + (strays == 0 ? "" : "; %d values of one between those of the other".formatted(strays));
    }
}
