package io.millwright.plc.record;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.TextType;
import java.util.Locale;

/// Texts as the language writes them (IEC 61131-3, 6.3.3).
final class Quoted {
    private Quoted() {}

    static String of(Slot slot) {
        boolean wide = slot.type().resolved() instanceof TextType type && type.wide();
        char quote = wide ? '"' : '\'';
        var quoted = new StringBuilder().append(quote);
        slot.text().toString().chars().forEach(c -> {
            boolean plain = c >= ' ' && c < 127 && c != '$' && c != quote;
            if (plain) {
                quoted.append((char) c);
            } else {
                quoted.append('$').append(String.format(Locale.ROOT, wide ? "%04X" : "%02X", c));
            }
        });
        return quoted.append(quote).toString();
    }
}
