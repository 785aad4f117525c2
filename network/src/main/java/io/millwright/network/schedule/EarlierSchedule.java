package io.millwright.network.schedule;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Reads `schedule.json` of an earlier schedule, so that streams can keep their places ([Scheduler#keep]).
public final class EarlierSchedule {

    /// How many links the ways of all streams may have together.
    private static final int MOST_STEPS = 10_000_000;

    private final Map<String, Integer> links = new HashMap<>();
    private final Map<String, List<Step>> steps = new HashMap<>();
    private int size;

    /// What came of reading: placements, or what is wrong.
    public sealed interface Reading {}

    /// The file is right.
    ///
    /// @param placements by names of streams and members: how the first frame is sent. They are as they stand
    ///     there; whether they hold, [Scheduler#keep] finds out. Streams on links that are no longer there are
    ///     left out
    public record Right(Map<String, Placement> placements) implements Reading {
        public Right {
            placements = Map.copyOf(placements);
        }
    }

    /// It is not.
    ///
    /// @param mistake what is wrong
    public record Wrong(String mistake) implements Reading {}

    private record Step(int link, long start, int queue) {}

    private EarlierSchedule(Topology topology, Names names) {
        for (int i = 0; i < topology.links().size(); i++) {
            links.put(names.link(topology.links().get(i)), i);
        }
    }

    /// Reads the first frames where nodes and streams are numbers.
    public static Reading read(Reader json, Topology topology) {
        return read(json, topology, new Names());
    }

    /// Reads the first frames.
    ///
    /// @param topology where the links are now
    /// @param names of nodes and streams now
    public static Reading read(Reader json, Topology topology, Names names) {
        var reader = new EarlierSchedule(topology, names);
        try (var parser = JsonMapper.shared().createParser(json)) {
            reader.file(parser);
        } catch (JacksonException e) {
            var at = e.getLocation();
            return new Wrong("not the schedule of an earlier run%s: %s"
                    .formatted(
                            at == null ? "" : ", line %d".formatted(at.getLineNr()),
                            e.getOriginalMessage().lines().findFirst().orElse("")));
        } catch (IllegalStateException e) {
            return new Wrong(String.valueOf(e.getMessage()));
        }
        var placements = new HashMap<String, Placement>();
        reader.steps.forEach((stream, way) -> {
            if (way.stream().allMatch(s -> s.link >= 0)) {
                way.sort(Comparator.comparingLong(Step::start));
                placements.put(
                        stream,
                        new Placement(
                                way.stream().map(Step::link).toList(),
                                way.stream().map(Step::start).toList(),
                                way.stream().map(Step::queue).toList()));
            }
        });
        return new Right(placements);
    }

    private void file(JsonParser parser) {
        require(parser.nextToken() == JsonToken.START_OBJECT, "it must hold an object");
        boolean known = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (name.equals("format")) {
                known = parser.getString().equals(ScheduleFiles.FORMAT);
            } else if (name.equals("transmissions")) {
                require(parser.currentToken() == JsonToken.START_ARRAY, "\"transmissions\" must be a list");
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    transmission(parser);
                }
            } else {
                parser.skipChildren();
            }
        }
        require(known, "\"format\" must be \"" + ScheduleFiles.FORMAT + "\"");
    }

    private void transmission(JsonParser parser) {
        var numbers = new HashMap<String, Long>();
        var nodes = new ArrayList<String>();
        String stream = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                while (isName(parser.nextToken()) && nodes.size() <= 2) {
                    nodes.add(parser.getString());
                }
            } else if (name.equals("stream") && isName(token)) {
                stream = parser.getString();
            } else {
                require(token == JsonToken.VALUE_NUMBER_INT, "\"" + name + "\" must be a whole number");
                numbers.put(name, parser.getLongValue());
            }
        }
        require(stream != null, "a transmission lacks \"stream\"");
        for (var name : List.of("frame", "queue", "start")) {
            require(numbers.containsKey(name), "a transmission lacks \"" + name + "\"");
        }
        require(nodes.size() == 2, "\"link\" of a transmission must be two nodes");
        if (stream != null && numbers.getOrDefault("frame", 0L) == 0) {
            require(++size <= MOST_STEPS, "it has too many transmissions");
            int link = links.getOrDefault("(" + nodes.get(0) + ", " + nodes.get(1) + ")", -1);
            steps.computeIfAbsent(stream, _ -> new ArrayList<>())
                    .add(new Step(
                            link,
                            numbers.getOrDefault("start", 0L),
                            Math.clamp(numbers.getOrDefault("queue", 0L), -1, Integer.MAX_VALUE)));
        }
    }

    private static boolean isName(JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("not the schedule of an earlier run: " + otherwise);
        }
    }
}
