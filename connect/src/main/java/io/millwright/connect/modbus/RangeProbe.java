package io.millwright.connect.modbus;

import io.millwright.connect.LinkException;
import java.util.function.BooleanSupplier;

/// Finds which addresses of a table a device lets read. A Modbus device has no directory: all one can do is ask.
///
/// Every hundredth address and each of the first hundred is tried, as devices lay out their tables in round numbers;
/// from one that answers, the range is followed in both directions by requests as large as are allowed and its ends
/// are found by bisection. A range of less than a hundred addresses that holds no round one is missed. At most some
/// two thousand requests a table.
final class RangeProbe {

    /// Whether a part of the table can be read.
    @FunctionalInterface
    interface Reader {
        boolean at(int start, int count) throws LinkException, InterruptedException;
    }

    /// Hears of a range.
    @FunctionalInterface
    interface Found {
        void range(int start, int count);
    }

    private static final int STEP = 100;

    private final Reader readable;
    private final int most;
    private final BooleanSupplier goOn;

    /// @param most how many addresses one request may read
    /// @param goOn whether there is still time
    RangeProbe(Reader readable, int most, BooleanSupplier goOn) {
        this.readable = readable;
        this.most = most;
        this.goOn = goOn;
    }

    /// Probes the whole table.
    void run(Found found) throws LinkException, InterruptedException {
        int seen = 0;
        int address = 0;
        while (address < Table.SIZE && goOn.getAsBoolean()) {
            if (readable.at(address, 1)) {
                int start = address - extent(seen, address, false);
                int end = address + 1 + extent(address + 1, Table.SIZE, true);
                found.range(start, end - start);
                seen = end;
                address = end;
            }
            address = address < STEP ? address + 1 : (address / STEP + 1) * STEP;
        }
    }

    /// How many addresses in a row can be read, upwards from `low` or downwards from `high`, within these.
    private int extent(int low, int high, boolean up) throws LinkException, InterruptedException {
        int done = 0;
        while (done < high - low && goOn.getAsBoolean()) {
            int want = Math.min(most, high - low - done);
            int got = bisect(up ? low + done : high - done, want, up);
            done += got;
            if (got == 0) {
                break;
            }
        }
        return done;
    }

    /// How many of the `want` addresses at an edge one request can read.
    private int bisect(int edge, int want, boolean up) throws LinkException, InterruptedException {
        int good = 0;
        int bad = want + 1;
        int tried = want;
        while (bad - good > 1) {
            if (readable.at(up ? edge : edge - tried, tried)) {
                good = tried;
            } else {
                bad = tried;
                if (good == 0 && tried > 1 && !readable.at(up ? edge : edge - 1, 1)) {
                    return 0;
                }
            }
            tried = (good + bad) / 2;
        }
        return good;
    }
}
