package io.millwright.plc.retain;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Variable.Property;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which variables are kept.
public enum Kept {
    /// Those declared RETAIN or PERSISTENT, and all within them (IEC 61131-3, 6.5.6.2): for a warm start.
    RETAINED,
    /// All: for a hot start.
    ALL;

    private static final Pattern TEXT = Pattern.compile("W?STRING(?:\\[(\\d{1,9})\\])?");

    boolean keeps(Slot slot) {
        return this == ALL || slot.steps().stream().anyMatch(Kept::isRetained);
    }

    private static boolean isRetained(Step step) {
        return step instanceof Step.Member(var variable)
                && (variable.properties().contains(Property.RETAIN)
                        || variable.properties().contains(Property.PERSISTENT));
    }

    /// The name of a variable's type, which says how its value is kept.
    static String type(Slot slot) {
        return slot.type().resolved().name();
    }

    /// How many bytes a variable takes in a file.
    static int bytes(Slot slot) {
        return slot.type().resolved() instanceof TextType text ? textBytes(text.capacity()) : Long.BYTES;
    }

    /// How many bytes a text takes: its length, its characters, and what fills eight.
    static int textBytes(int capacity) {
        return (Integer.BYTES + capacity * Character.BYTES + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    /// How many characters a text of a type has at most; -1 for what is no text.
    static int capacity(String type) {
        Matcher text = TEXT.matcher(type);
        if (!text.matches()) {
            return -1;
        }
        return text.group(1) == null ? TextType.USUAL : Integer.parseInt(text.group(1));
    }
}
