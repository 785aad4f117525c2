package io.millwright.connect.sparkplug;

import java.util.Optional;

/// The topic of a Sparkplug message (Sparkplug 3.0.0, 4.2): `spBv1.0/GROUP/TYPE/EDGE` or
/// `spBv1.0/GROUP/TYPE/EDGE/DEVICE`.
///
/// @param group the group
/// @param type what kind of message it is
/// @param edgeNode the edge node
/// @param device the device; empty for the edge node itself
record SparkplugTopic(String group, Type type, String edgeNode, String device) {

    static final String NAMESPACE = "spBv1.0";

    /// The kinds of messages; those of devices have five levels, those of edge nodes four.
    enum Type {
        NBIRTH,
        NDEATH,
        DBIRTH,
        DDEATH,
        NDATA,
        DDATA,
        NCMD,
        DCMD;

        boolean ofDevice() {
            return this == DBIRTH || this == DDEATH || this == DDATA || this == DCMD;
        }
    }

    /// Reads a topic; empty when it is none of Sparkplug's.
    static Optional<SparkplugTopic> parse(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length < 4 || levels.length > 5 || !levels[0].equals(NAMESPACE)) {
            return Optional.empty();
        }
        for (Type type : Type.values()) {
            if (type.name().equals(levels[2]) && type.ofDevice() == (levels.length == 5)) {
                return Optional.of(new SparkplugTopic(levels[1], type, levels[3], type.ofDevice() ? levels[4] : ""));
            }
        }
        return Optional.empty();
    }

    /// Whether it is a host's command.
    boolean isCommand() {
        return type == Type.NCMD || type == Type.DCMD;
    }

    /// Where the host application of this name says whether it is there (4.2: `spBv1.0/STATE/host`).
    static String state(String host) {
        return NAMESPACE + "/STATE/" + host;
    }

    /// @throws IllegalArgumentException if the text cannot be one level of a topic (4.1)
    static void requireLevel(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the " + what + " needs a name");
        }
        requireLevelOrEmpty(what, text);
    }

    static void requireLevelOrEmpty(String what, String text) {
        if (text.chars().anyMatch(c -> c == '/' || c == '+' || c == '#' || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "the %s \"%s\" must not contain /, + or #, which MQTT topics give a meaning".formatted(what, text));
        }
    }

    @Override
    public String toString() {
        String node = NAMESPACE + "/" + group + "/" + type + "/" + edgeNode;
        return type.ofDevice() ? node + "/" + device : node;
    }
}
