package io.millwright.connect.modbus;

import java.util.Locale;
import java.util.Optional;

/// The four tables of a Modbus device (Application Protocol V1.1b3, 4.3).
enum Table {
    /// Bits that can be read and written: functions 1, 5, 15.
    COIL(true, true, 2000),
    /// Bits that can be read: function 2.
    DISCRETE(true, false, 2000),
    /// 16-bit registers that can be read and written: functions 3, 6, 16, 22.
    HOLDING(false, true, 125),
    /// 16-bit registers that can be read: function 4.
    INPUT(false, false, 125);

    /// How many addresses a table has.
    static final int SIZE = 65_536;

    private final boolean bits;
    private final boolean writable;
    private final int mostPerRequest;

    Table(boolean bits, boolean writable, int mostPerRequest) {
        this.bits = bits;
        this.writable = writable;
        this.mostPerRequest = mostPerRequest;
    }

    static Optional<Table> named(String text) {
        for (Table table : values()) {
            if (table.toString().equals(text)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    boolean holdsBits() {
        return bits;
    }

    boolean isWritable() {
        return writable;
    }

    /// How many bits or registers one request may read (6.1 to 6.4).
    int mostPerRequest() {
        return mostPerRequest;
    }

    /// The name in points, e.g. `holding`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
