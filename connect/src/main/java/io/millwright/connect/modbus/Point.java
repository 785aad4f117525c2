package io.millwright.connect.modbus;

import io.millwright.connect.modbus.Layout.Unfit;
import io.millwright.model.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a value lies in a device: `table/address:type:order*factor`, of which only table and address are needed.
///
/// - table: `coil`, `discrete`, `holding` or `input`;
/// - address: 0 to 65535 as it travels in the protocol, so register 40001 of a manual is `holding/0`;
/// - type: `int16` `uint16` `int32` `uint32` `int64` `uint64` `float32` `float64` `bcd16` `bcd32` `string:N` (N bytes)
///   `bitN` (N from 0, the least significant, to 15); `uint16` where a register has none; `bool` for coils and
///   discrete inputs, which have no other;
/// - order: `abcd` `badc` `cdab` `dcba`, with two letters for one register and eight for four; the connection's where
///   there is none;
/// - factor: what the raw number is multiplied with, e.g. `*0.1`.
///
/// @param order empty for the connection's
/// @param factor 1 for the raw number
record Point(Table table, int address, Layout layout, Optional<ByteOrder> order, double factor) {

    private static final Pattern FORM =
            Pattern.compile("([a-z]+)/(\\d{1,6})(?::([a-z]+\\d*(?::\\d{1,4})?))??(?::([a-h]{2,8}))?(?:\\*(\\S+))?");
    private static final Pattern BIT = Pattern.compile("bit(\\d{1,2})");
    private static final Pattern STRING = Pattern.compile("string:(\\d{1,4})");
    private static final Map<String, Layout> LAYOUTS = Map.of(
            "int16", new Layout.Whole(16, true),
            "uint16", new Layout.Whole(16, false),
            "int32", new Layout.Whole(32, true),
            "uint32", new Layout.Whole(32, false),
            "int64", new Layout.Whole(64, true),
            "uint64", new Layout.Whole(64, false),
            "float32", new Layout.Floating(32),
            "float64", new Layout.Floating(64),
            "bcd16", new Layout.Bcd(16),
            "bcd32", new Layout.Bcd(32));
    private static final String TYPES =
            "int16, uint16, int32, uint32, int64, uint64, float32, float64, bcd16, bcd32, string:N, bitN";
    private static final int MOST_CHARACTERS = 250;

    Point {
        if (address + layout.registers() > Table.SIZE) {
            throw new IllegalArgumentException(table + "/" + address + ":" + layout + " reaches beyond address 65535");
        }
    }

    /// Reads the notation.
    ///
    /// @throws IllegalArgumentException if it is wrong; the message says what would be right
    static Point parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a Modbus point; write table/address:type, e.g. holding/0:float32, input/12:int16,"
                    + " coil/3");
        }
        Table table = Table.named(m.group(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no table \"" + m.group(1) + "\"; there are coil, discrete, holding, input"));
        int address = Integer.parseInt(m.group(2));
        if (address >= Table.SIZE) {
            throw new IllegalArgumentException("address " + address + " is not between 0 and 65535");
        }
        if (table.holdsBits()) {
            return bit(text, table, address, m);
        }
        Layout layout = layout(m.group(3));
        return new Point(table, address, layout, order(m.group(4)), factor(m.group(5), layout));
    }

    private static Point bit(String text, Table table, int address, Matcher m) {
        if ((m.group(3) != null && !m.group(3).equals("bool")) || m.group(4) != null || m.group(5) != null) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": a " + table + " is one bit; write " + table + "/" + address);
        }
        return new Point(table, address, new Layout.Truth(), Optional.empty(), 1);
    }

    private static Layout layout(@Nullable String type) {
        if (type == null) {
            return new Layout.Whole(16, false);
        }
        Layout plain = LAYOUTS.get(type);
        if (plain != null) {
            return plain;
        }
        Matcher bit = BIT.matcher(type);
        if (bit.matches() && Integer.parseInt(bit.group(1)) < 16) {
            return new Layout.Bit(Integer.parseInt(bit.group(1)));
        }
        Matcher string = STRING.matcher(type);
        if (string.matches()) {
            int bytes = Integer.parseInt(string.group(1));
            if (bytes >= 1 && bytes <= MOST_CHARACTERS) {
                return new Layout.Characters(bytes);
            }
            throw new IllegalArgumentException("string:" + bytes + " has no length from 1 to " + MOST_CHARACTERS);
        }
        throw new IllegalArgumentException("there is no type \"" + type + "\"; there are " + TYPES);
    }

    private static Optional<ByteOrder> order(@Nullable String letters) {
        if (letters == null) {
            return Optional.empty();
        }
        Optional<ByteOrder> order = ByteOrder.named(letters);
        if (order.isEmpty()) {
            throw new IllegalArgumentException("there is no byte order \"" + letters
                    + "\"; there are abcd, badc, cdab, dcba (and ab, ba; abcdefgh, badcfehg, ghefcdab, hgfedcba)");
        }
        return order;
    }

    private static double factor(@Nullable String text, Layout layout) {
        if (text == null) {
            return 1;
        }
        if (layout instanceof Layout.Characters || layout instanceof Layout.Bit) {
            throw new IllegalArgumentException(layout + " cannot be multiplied with " + text);
        }
        try {
            double factor = Double.parseDouble(text);
            if (Double.isFinite(factor) && factor != 0) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new IllegalArgumentException("\"*" + text + "\" is not a factor; write e.g. *0.1");
    }

    /// How many addresses it takes.
    int size() {
        return layout.registers();
    }

    /// The first address after it.
    int end() {
        return address + size();
    }

    /// What a part of a table holds at this point.
    ///
    /// @param answer the table from address `start` on, as it arrived
    Value decode(byte[] answer, int start, ByteOrder usual) {
        int offset = table.holdsBits() ? address - start : 2 * (address - start);
        Value raw = layout.decode(answer, offset, order.orElse(usual));
        return factor == 1 || raw instanceof Value.Missing ? raw : Value.of(raw.asDouble() * factor);
    }

    /// What has to stand in the table so that it holds a value.
    ///
    /// @throws Unfit if it cannot
    byte[] encode(Value value, ByteOrder usual) throws Unfit {
        return layout.encode(factor == 1 ? value : raw(value), order.orElse(usual));
    }

    /// The raw number of a scaled value. For whole layouts the nearest one: 0.3 by a factor of 0.1 is 3 although
    /// neither has an exact binary form.
    private Value raw(Value value) throws Unfit {
        double raw = Numbers.real(value, layout.toString()) / factor;
        boolean whole = !(layout instanceof Layout.Floating);
        return Value.of(whole && Double.isFinite(raw) ? Math.rint(raw) : raw);
    }

    @Override
    public String toString() {
        String suffix = order.map(o -> ":" + o).orElse("")
                + (factor == 1
                        ? ""
                        : "*"
                                + new BigDecimal(factor)
                                        .round(MathContext.DECIMAL64)
                                        .toPlainString());
        return (table + "/" + address + ":" + layout).toLowerCase(Locale.ROOT) + suffix;
    }
}
