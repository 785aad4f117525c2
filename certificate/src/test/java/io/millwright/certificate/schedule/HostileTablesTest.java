package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.testkit.Property;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever the files hold, there is a verdict; what cannot be read gets one line that says where and what.
class HostileTablesTest {

    private static final List<String> FILES =
            List.of("topology.csv", "streams.csv", "GCL.csv", "OFFSET.csv", "ROUTE.csv", "QUEUE.csv", "DELAY.csv");

    private static Draft right() {
        return new Draft()
                .link("(10, 0)").link("(0, 11)").stream(0, 10, "[11]", 125, 100_000, 100_000, "(10, 0)", "(0, 11)")
                        .frame(0, 0, 0, 4000)
                        .queue(0, "(10, 0)", 7)
                        .queue(0, "(0, 11)", 7)
                        .gate("(0, 11)", 7, 3000, 4000, 100_000);
    }

    private static String why(UnaryOperator<String> files) {
        var verdict = ScheduleChecker.check(files, Limits.NONE);
        assertInstanceOf(Verdict.Refused.class, verdict, verdict::toString);
        return verdict instanceof Verdict.Refused<Figures>(var why) ? why : "";
    }

    private static UnaryOperator<String> with(UnaryOperator<String> right, String file, UnaryOperator<String> change) {
        return f -> f.equals(file) ? change.apply(right.apply(f)) : right.apply(f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "topology.csv | (10, 0) | (10; 0) | topology.csv:2: link is \"(10; 0)\", not",
                "topology.csv | (10, 0) | (0, 0) | topology.csv:2: link is \"(0, 0)\", not a link like (0, 1) from one",
                "topology.csv | (10, 0) | (0, 11) | topology.csv:3: there is another link (0, 11)",
                "topology.csv | ,8, | ,9, | topology.csv:2: q_num is \"9\", not a whole number from 1 to 8",
                "topology.csv | ,8,1, | ,8,0, | topology.csv:2: rate is \"0\", not a rate above 0 in bits for each ns",
                "topology.csv | ,8,1, | ,8,1e9, | topology.csv:2: rate is \"1e9\", not a rate",
                "topology.csv | t_prop | prop | topology.csv:1: there is no column \"t_prop\"; the first line would be",
                "streams.csv | [11] | [11 | streams.csv:2: dst is \"[11\", not like [0, 1]",
                "streams.csv | [11] | [10] | streams.csv:2: a destination of stream 0 is its source, or there twice",
                "streams.csv | ,125, | ,0, | streams.csv:2: size is \"0\", not a whole number from 1 to 1000000",
                "streams.csv | 100000 | 1.5 | streams.csv:2: period is \"1.5\", not a whole number",
                "streams.csv | 100000 | 99999999999999999999 | streams.csv:2: period is \"99999999999999999999\", not",
                "GCL.csv | 3000 | -x | GCL.csv:2: start is \"-x\", not a whole number",
                "GCL.csv | ,100000 | `` | GCL.csv:2: there is no \"cycle\"; the columns are link,queue,start,end,cycle",
                "OFFSET.csv | 0,0,0 | 0,-1,0 | OFFSET.csv:2: frame is \"-1\", not a whole number from 0 to",
                "QUEUE.csv | ,7 | ,7\" | QUEUE.csv:2: a quotation mark is not closed",
                "DELAY.csv | 0,0 | ,0 | DELAY.csv:2: stream is \"\", not a number or a name",
            })
    void aMistakeIsNamedWithItsFileAndLine(String file, String found, String instead, String message) {
        var text = right().apply(file);
        assertTrue(text.contains(found), text);
        var why = why(with(right(), file, t -> t.replaceFirst(Pattern.quote(found), instead)));
        assertTrue(why.startsWith(message), why);
    }

    @Test
    void rowsThatAreThereTwiceAreNamed() {
        for (var file : List.of("topology.csv", "streams.csv", "OFFSET.csv", "ROUTE.csv", "QUEUE.csv", "DELAY.csv")) {
            var why = why(with(right(), file, t -> t + t.lines().skip(1).collect(Collectors.joining("\n"))));
            assertTrue(why.startsWith(file + ":") && why.contains("another") || why.contains("twice"), why);
        }
    }

    @Test
    void otherLineEndsAMarkOfTheEncodingAndEmptyLinesDoNoHarm() {
        var verdict = ScheduleChecker.check(f -> "\uFEFF" + right().apply(f).replace("\n", "\r\n\r\n"), Limits.NONE);
        assertInstanceOf(Verdict.Verified.class, verdict, verdict::toString);
    }

    @Test
    void columnsAreFoundByName() {
        var verdict = ScheduleChecker.check(
                with(right(), "OFFSET.csv", _ -> "note,offset,frame,stream\nx,0,0,0\n"), Limits.NONE);
        assertInstanceOf(Verdict.Verified.class, verdict, verdict::toString);
    }

    @Test
    void whatIsNoTextIsShownHarmlessly() {
        assertEquals(
                "GCL.csv:2: queue is \"7???[31m\", not a whole number from -1000 to 1000",
                why(with(right(), "GCL.csv", t -> t.replace(",7,", ",7\0\u0007\u001B[31m,"))));
    }

    /// Periods without a common multiple within bounds, and frames by the thousand million.
    @Test
    void plansThatAreTooLargeAreRefused() {
        var draft = right();
        draft.add("streams.csv", 1, 10, "[11]", 125, 9_999_999_999_971L, 100_000, 0);
        assertTrue(why(draft).contains("the least common multiple of the periods exceeds 10000000000000 ns"));
        draft.rows("streams.csv").get(1).set(4, "10000000000000");
        assertTrue(why(draft).contains("more than 20000000 frames pass links in a hyperperiod of 10000000000000 ns"));
        assertTrue(
                why(with(right(), "GCL.csv", t -> t + "\n".repeat(2_000_000))).contains("more than 2000000 lines"));
        assertTrue(
                why(with(right(), "ROUTE.csv", t -> t + "x".repeat(200_000))).startsWith("ROUTE.csv:4: the line has"));
    }

    /// A million times in which a gate is open, none long enough but the last.
    @Test
    void aMillionRowsAreRead() {
        var windows = IntStream.range(0, 1_000_000)
                .mapToObj(i -> "\"(0, 11)\",7," + 10_000L * i + "," + (10_000L * i + 10) + ",10000001000")
                .collect(Collectors.joining("\n"));
        var draft = right();
        draft.rows("streams.csv").getFirst().set(4, "10000001000");
        draft.rows("streams.csv").getFirst().set(5, "10000001000");
        draft.rows("DELAY.csv").getFirst().set(2, "10000001000");
        var verdict = ScheduleChecker.check(
                with(
                        draft,
                        "GCL.csv",
                        t -> t.lines().findFirst().orElseThrow() + "\n" + windows
                                + "\n\"(0, 11)\",7,10000000000,10000001000,10000001000\n"),
                Limits.NONE);
        assertInstanceOf(Verdict.Verified.class, verdict, verdict::toString);
    }

    /// Characters are put in, taken out and exchanged; lines and files are cut off, doubled and swapped.
    @Test
    void whateverTheFilesHoldThereIsAVerdict() {
        Property.check(3000, random -> {
            var plan = new RandomPlan(random, 4, true);
            var spoiled = FILES.stream().collect(Collectors.toMap(f -> f, plan.draft));
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                var file = FILES.get(random.nextInt(FILES.size()));
                spoiled.merge(file, "", (text, _) -> spoil(text, spoiled.get(FILES.get(random.nextInt(7))), random));
            }
            var verdict = ScheduleChecker.check(spoiled::get, Limits.NONE);
            if (verdict instanceof Verdict.Refused<Figures>(var why)) {
                assertTrue(why.matches("[A-Za-z]+\\.csv(:[0-9]+)?: [^\\x00-\\x1F]+"), why);
            }
        });
    }

    private static final List<String> PIECES = List.of(
            "\0",
            "\"",
            ",",
            "\n",
            "(",
            "]",
            "-",
            "9",
            "99999999999999999999",
            "NaN",
            "\uD800",
            "\u202E",
            "1e400",
            ";",
            " ");

    private static String spoil(String text, String other, SplittableRandom random) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(4));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(at);
            case 2 -> text.substring(0, at) + text.substring(to);
            case 3 -> text + text.substring(at);
            case 4 -> other;
            default -> text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(to);
        };
    }
}
