package io.millwright.plc;

import io.millwright.iec61131.machine.Trap;
import io.millwright.model.Told;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a program did that it must not, for people.
public final class TrapTold {
    private static final List<Detail> DETAILS = List.of(
            detail("detail-range", "{value} is not in {low}..{high}"),
            detail("detail-no-array", "{index} lies in no array"),
            detail("detail-beyond", "the pointer reaches beyond the {bytes} bytes it points into"),
            detail("detail-leaves", "the reference leaves its array"),
            detail("detail-not-array", "the reference is not to an array"),
            detail("detail-later", "an array is looked at from its first element on; this is a later one"),
            detail(
                    "detail-other-type",
                    "the reference is read as another type than it was taken of; bytes of a structure are seen in a "
                            + "UNION"),
            detail("detail-addresses", "addresses of too many variables were taken"),
            detail("detail-too-long", "it takes too long"));

    private TrapTold() {}

    /// What goes with a kind of trap, as the machine says it in English.
    private record Detail(Told told, Pattern said, List<String> names) {
        /// With what stands in the holes of the words.
        Told with(String detail) {
            var matched = said.matcher(detail);
            Told all = told;
            for (int i = 0; matched.matches() && i < names.size(); i++) {
                all = all.with(names.get(i), matched.group(i + 1));
            }
            return all;
        }
    }

    private static Detail detail(String code, String words) {
        var hole = Pattern.compile("\\{(\\w+)}");
        List<String> names = hole.matcher(words).results().map(r -> r.group(1)).toList();
        var said = new StringBuilder();
        int from = 0;
        for (var found : hole.matcher(words).results().toList()) {
            said.append(Pattern.quote(words.substring(from, found.start()))).append("(.+?)");
            from = found.end();
        }
        said.append(Pattern.quote(words.substring(from)));
        return new Detail(Told.of(code, words), Pattern.compile(said.toString()), names);
    }

    /// What it did and where.
    public static Told of(Trap trap) {
        String kind = trap.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        Told told = Told.of("trap-" + kind, "{place: }" + trap.kind().text() + "{: detail}")
                .with("place", trap.stack().isEmpty() ? "" : trap.stack().getFirst());
        return DETAILS.stream()
                .filter(d -> d.said().matcher(trap.detail()).matches())
                .findFirst()
                .map(d -> told.with("detail", d.with(trap.detail())))
                .orElse(told.with("detail", trap.detail()));
    }
}
