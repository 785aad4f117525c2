package io.millwright.model.text;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number with one of a few unit names after it.
///
/// @param what what it is called in messages, e.g. `duration`
/// @param units how much each unit is
/// @param example a right one
record Magnitude(String what, Map<String, BigDecimal> units, String example) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,18})?) *(\\S*)");
    private static final Map<String, String> EVERYDAY = Map.ofEntries(
            Map.entry("µs", "us"),
            Map.entry("μs", "us"),
            Map.entry("msec", "ms"),
            Map.entry("usec", "us"),
            Map.entry("nsec", "ns"),
            Map.entry("sec", "s"),
            Map.entry("secs", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("秒", "s"),
            Map.entry("毫秒", "ms"),
            Map.entry("微秒", "us"),
            Map.entry("m", "min"),
            Map.entry("mins", "min"),
            Map.entry("minute", "min"),
            Map.entry("minutes", "min"),
            Map.entry("分", "min"),
            Map.entry("分钟", "min"),
            Map.entry("hr", "h"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("小时", "h"),
            Map.entry("day", "d"),
            Map.entry("days", "d"),
            Map.entry("天", "d"),
            Map.entry("K", "KiB"),
            Map.entry("M", "MiB"),
            Map.entry("G", "GiB"),
            Map.entry("Ki", "KiB"),
            Map.entry("Mi", "MiB"),
            Map.entry("Gi", "GiB"),
            Map.entry("Ti", "TiB"),
            Map.entry("KB", "kB"),
            Map.entry("kbit/s", "kbps"),
            Map.entry("Mbit/s", "Mbps"),
            Map.entry("Gbit/s", "Gbps"),
            Map.entry("Mb/s", "Mbps"),
            Map.entry("Gb/s", "Gbps"),
            Map.entry("Mbit", "Mbps"),
            Map.entry("Gbit", "Gbps"));

    long parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw wrong(
                    text, Phrase.of("number-unit", "write a number and a unit, e.g. {example}", "example", example));
        }
        String number = form.group(1);
        BigDecimal unit = units.get(form.group(2));
        if (unit == null) {
            throw wrong(text, suggest(number, form.group(2)));
        }
        try {
            return new BigDecimal(number).multiply(unit).longValueExact();
        } catch (ArithmeticException e) {
            throw wrong(text, Phrase.of("too-large-or-fine", "it is too large or too fine"));
        }
    }

    private Phrase suggest(String number, String unit) {
        if (unit.isEmpty()) {
            return Phrase.of("add-unit", "add the unit, e.g. {example}", "example", example);
        }
        String everyday = EVERYDAY.get(unit);
        if (everyday != null && units.containsKey(everyday)) {
            return Phrase.of("write", "write \"{text}\"", "text", number + everyday);
        }
        Optional<String> sameLetters =
                units.keySet().stream().filter(unit::equalsIgnoreCase).findFirst();
        return sameLetters
                .or(() -> Nearest.of(unit, units.keySet().stream().sorted().toList()))
                .map(near -> Phrase.meant(number + near))
                .orElseGet(() -> Phrase.of("like", "write it like {example}", "example", example));
    }

    private NotationException wrong(String text, Phrase suggestion) {
        String article = "aeiou".indexOf(what.charAt(0)) >= 0 ? "an " : "a ";
        var term = new Phrase.Term(article + what);
        return new NotationException(
                Phrase.of("is-not", "\"{text}\" is not {what}", "text", text, "what", term), Optional.of(suggestion));
    }
}
