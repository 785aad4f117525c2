package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Violation;
import io.millwright.model.plantfile.NetworkFile;
import io.millwright.node.net.NetworkPlan.MessageView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the node says of networks is known to the console in each of its languages.
class NetworkWordsTest {

    private static final Path ROOT =
            Path.of(System.getProperty("mw.root", "..")).toAbsolutePath();
    private static final Pattern TOLD = Pattern.compile(
            "(?:Message|Phrase)\\s*\\.of\\(\\s*\"([a-z0-9-]+)\",\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)");
    private static final Pattern TEXT = Pattern.compile("(?m)^ {2}'?([a-z0-9-]+)'?: '((?:[^'\\\\]|\\\\.)*)',$");
    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");

    private static final String NODES = """
            "switches": {"s": {"ports": 8}}, "stations": {"a": {}, "b": {}}, "links": [["a", "s"], ["s", "b"]]""";

    private static String file(String name) throws IOException {
        return Files.readString(ROOT.resolve("console/src/i18n").resolve(name));
    }

    /// Texts of a dictionary, or of the part of one that begins with a word.
    private static Map<String, String> texts(String file, String from) throws IOException {
        var all = file(file);
        var texts = new LinkedHashMap<String, String>();
        TEXT.matcher(all.substring(all.indexOf(from))).results().forEach(m -> texts.put(m.group(1), m.group(2)));
        return texts;
    }

    private static TreeSet<String> holes(String text) {
        var holes = new TreeSet<String>();
        HOLE.matcher(text).results().forEach(m -> holes.add(m.group(1)));
        return holes;
    }

    private static Map<String, TreeSet<String>> told(String folder) throws IOException {
        var told = new TreeMap<String, TreeSet<String>>();
        try (var files = Files.walk(ROOT.resolve(folder))) {
            for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                TOLD.matcher(Files.readString(file)).results().forEach(m -> told.put(m.group(1), holes(m.group(2))));
            }
        }
        return told;
    }

    @Test
    void whatIsWrongWithADraftHasATextInChineseWithTheSameHoles() throws IOException {
        var chinese = texts("network.zh.ts", "networkMistakesZh");
        var told = told("model/src/main/java");
        assertTrue(told.size() > 40, told::toString);
        told.forEach((code, holes) -> assertEquals(holes, holes(chinese.getOrDefault(code, "none")), code));
    }

    @Test
    void whatPlannersSayHasATextInBothLanguages() throws IOException {
        var english = texts("network.en.ts", "networkSaidEn");
        var chinese = texts("network.zh.ts", "networkSaidZh");
        var told = told("network/src/main/java");
        told.putAll(told("node/src/main/java/io/millwright/node/net"));
        told.keySet().removeAll(texts("network.zh.ts", "networkMistakesZh").keySet());
        assertTrue(told.size() > 20, told::toString);
        // who is reached no more is put into these by hand
        List.of("cut-off", "no-link-left")
                .forEach(code -> told.getOrDefault(code, new TreeSet<>()).add("listeners"));
        told.forEach((code, holes) -> {
            for (var dictionary : List.of(english, chinese)) {
                assertTrue(dictionary.containsKey(code), code);
                assertTrue(holes.containsAll(holes(dictionary.getOrDefault(code, ""))), code);
            }
        });
    }

    @Test
    void everyRuleOfTheCheckerHasATextInBothLanguages() throws IOException {
        var rules = Files.readString(ROOT.resolve("docs/reference/network-verify.md"));
        var table = rules.substring(rules.indexOf("## Rules"), rules.indexOf("If a rule is broken"));
        var names = new ArrayList<String>();
        Pattern.compile("(?m)^\\| ([^|]+)\\|")
                .matcher(table)
                .results()
                .forEach(row -> Pattern.compile("`([a-z-]+)`")
                        .matcher(row.group(1))
                        .results()
                        .forEach(m -> names.add(m.group(1))));
        assertEquals(19, names.size());
        for (var dictionary :
                List.of(texts("network.en.ts", "networkSaidEn"), texts("network.zh.ts", "networkSaidZh"))) {
            names.forEach(rule -> assertTrue(dictionary.containsKey("violation-" + rule), rule));
            for (var word : List.of("stream", "frame", "link", "queue", "time", "listener")) {
                assertTrue(dictionary.containsKey("where-" + word), word);
            }
        }
        var late = CheckerWords.of(new Violation("deadline", Map.of("time", "5"), "received after 7, deadline 6"));
        assertEquals("violation-deadline", late.code());
        var part = Map.of("code", "where-time", "arguments", Map.of("name", Map.of("nanos", 5L)));
        assertEquals(Map.of("some", List.of(part), "more", 0), late.arguments().get("where"));
    }

    private static MessageView mistakes(String draft) {
        var wrong = assertInstanceOf(NetworkFile.Wrong.class, NetworkFile.read(draft, "network"), draft);
        return DraftMistakes.of(wrong.problems());
    }

    private static String stream(String more) {
        return "{%s, \"streams\": {\"x\": {\"talker\": \"a\", \"listeners\": [\"b\"], \"size\": \"1kB\", %s}}}"
                .formatted(NODES, more);
    }

    @Test
    void aMistakeNamesItsPlaceAndWhatWouldBeRight() {
        assertEquals(
                "stream x, period: \"1 fortnight\" is not a duration; write it like 1ms",
                mistakes(stream("\"period\": \"1 fortnight\"")).text());
        assertEquals(
                "stream x, deadline: deadline is longer than 1000 s; write at most 1000s",
                mistakes(stream("\"period\": \"1ms\", \"deadline\": \"1h\"")).text());
        assertEquals(
                "stream x, listeners: unknown station \"camera\"; known: a, b",
                mistakes(stream("\"period\": \"1ms\"").replace("[\"b\"]", "[\"camera\"]"))
                        .text());
        var split = stream("\"period\": \"1ms\"").replace(", [\"s\", \"b\"]", "");
        assertEquals(
                "stream x: no way leads from \"a\" to \"b\"; link both to switches that are linked; stations do not"
                        + " forward",
                mistakes(split).text());
        var full = stream("\"period\": \"1ms\"").replace("\"ports\": 8", "\"ports\": 1");
        assertEquals(
                "link s – b: no port of \"s\" is free; it has 1", mistakes(full).text());
        assertEquals(
                "switch s, ports: 0 is out of range; write at least 1",
                mistakes(full.replace("\"ports\": 1", "\"ports\": 0")).text());
    }

    /// Drafts with the mistakes that the console lets people make: every noun in them has a name in Chinese.
    @Test
    void nounsHaveNamesInChinese() throws IOException {
        var drafts = List.of(
                stream("\"period\": \"1 fortnight\", \"deadline\": \"5\", \"jitter\": \"\", \"size\": 5"),
                stream("\"period\": \"0s\"").replace("1kB", "1 kilo"),
                stream("\"period\": \"1ms\", \"class\": \"urgent\", \"redundancy\": 3"),
                stream("\"period\": \"1h\"").replace("\"b\"", "\"c\""),
                stream("\"deadline\": \"1ms\"").replace("\"ports\": 8", "\"ports\": \"many\", \"rate\": \"fast\""),
                stream("\"period\": \"1ms\"").replace("\"ports\": 8", "\"ports\": 0, \"processing\": \"3\""),
                stream("\"period\": \"1ms\"").replace("[\"s\", \"b\"]", "{\"between\": [\"s\"], \"rate\": \"1\"}"),
                stream("\"period\": \"1ms\"").replace("[\"s\", \"b\"]", "[\"s\", \"c\"]"),
                stream("\"period\": \"1ms\", \"loss\": \"often\"")
                        .replace("\"ports\": 8", "\"ports\": 8, \"forwarding\": \"fast\", \"shaper\": \"much\""),
                stream("\"period\": \"1ms\"")
                        .replace(
                                "[\"s\", \"b\"]",
                                "{\"between\": [\"s\", \"b\"], \"kind\": \"laser\","
                                        + " \"cycle\": \"1\", \"slot\": \"1\"}"),
                stream("\"period\": \"1ms\"")
                        .replace(
                                "[\"s\", \"b\"]",
                                "{\"between\": [\"s\", \"b\"], \"kind\": \"5g\", \"delay\": {\"often\": \"1\"}}"),
                stream("\"period\": \"1ms\"")
                        .replace(
                                "\"ports\": 8",
                                "\"ports\": 8, \"queues\": 9, \"gates\": {\"entries\": 0, \"tick\": \"1\"}"),
                stream("\"period\": \"1ms\"").replace("\"b\": {}", "\"b c\": {}, \"s\": {}"),
                stream("\"period\": \"1ms\"").replace("\"ports\": 8", "\"ports\": 8, \"domain\": \"hall\""),
                stream("\"period\": \"1ms\"")
                        .replace("\"ports\": 8", "\"ports\": 8, \"domain\": \"x\", \"queue\": 1")
                        .replace(
                                "\"switches\"",
                                "\"domains\": {\"hall\": {\"kind\": \"moon\", \"budget\": \"5\"}, \"a b\": {}},"
                                        + " \"switches\""),
                stream("\"period\": \"1ms\"").replace("\"b\": {}", "\"b\": {\"carries\": 5}, \"c\": 3"),
                stream("\"period\": \"1ms\"")
                        .replace("[\"s\", \"b\"]", "[\"s\", \"b\"], [\"s\"], 7, {\"rate\": \"1Gbps\"}"),
                stream("\"period\": \"1ms\", \"talker\": 7").replace("\"1kB\"", "true"));
        var chinese = file("network.zh.ts");
        var names = chinese.substring(chinese.indexOf("networkTermsZh"));
        var terms = new TreeSet<String>();
        drafts.forEach(draft -> collect(mistakes(draft).arguments(), terms));
        assertTrue(terms.size() > 12, terms::toString);
        terms.removeIf(term -> names.contains("  " + term + ": '") || names.contains("'" + term + "': '"));
        assertEquals(new TreeSet<>(), terms);
    }

    private static void collect(Object value, TreeSet<String> terms) {
        switch (value) {
            case Map<?, ?> map -> {
                if (map.get("term") instanceof String term && !term.isEmpty()) {
                    terms.add(term);
                }
                map.values().forEach(v -> collect(v, terms));
            }
            case List<?> list -> list.forEach(v -> collect(v, terms));
            default -> {}
        }
    }
}
