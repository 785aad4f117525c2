package io.millwright.process.commissioning;

import java.util.List;
import java.util.stream.Collectors;

/// Finds ports by name.
final class Ports {

    private static final int NAMED_MAX = 20;

    private Ports() {}

    static int find(String kind, List<Port> ports, String name) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).name().equals(name)) {
                return i;
            }
        }
        String known = ports.stream().limit(NAMED_MAX).map(Port::name).collect(Collectors.joining(", "));
        String more = ports.size() > NAMED_MAX ? ", …" : "";
        throw new IllegalArgumentException("there is no %s \"%s\"; there %s"
                .formatted(kind, name, ports.isEmpty() ? "are none" : "are " + known + more));
    }
}
