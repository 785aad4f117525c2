package io.millwright.connect.sparkplug;

import io.millwright.connect.PointDescription;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Lists what edge nodes announced in their births: edge nodes, beneath them their own metrics and their devices,
/// beneath those their metrics.
///
/// @param from the beginning of a point: empty, `EDGE` or `EDGE/DEVICE`
/// @param depth how many levels to list
/// @param each hears of each
record BirthTree(String from, int depth, Consumer<PointDescription> each) {

    /// The edge node to look at; empty for all.
    String edgeNode() {
        return from.split("/", 2)[0];
    }

    void list(HostSession host) {
        host.edgeNodes().forEach((name, node) -> {
            if (from.isEmpty()) {
                folder(name, name, 0);
            }
            if (from.isEmpty() || edgeNode().equals(name)) {
                var devices = new TreeMap<String, DeviceView>();
                node.devices().forEach(device -> devices.put(device.name, device));
                devices.values().forEach(device -> list(name, device));
            }
        });
    }

    private void list(String edgeNode, DeviceView device) {
        boolean ofNode = device.name.equals(EdgeDevice.NODE);
        String path = edgeNode + "/" + device.name;
        int levelOfNode = from.isEmpty() ? 1 : 0;
        boolean beneathDevice = from.startsWith(edgeNode + "/") && !from.endsWith("/");
        if (beneathDevice && !from.equals(path)) {
            return;
        }
        if (!ofNode && !beneathDevice && device.online) {
            folder(path, device.name, levelOfNode);
        }
        int level = ofNode || beneathDevice ? levelOfNode : levelOfNode + 1;
        for (MetricView metric : new TreeMap<>(device.metrics).values()) {
            String type = metric.type.name().toLowerCase(Locale.ROOT);
            emit(new PointDescription(path + "/" + metric.name, metric.name, type, level, true, true));
        }
    }

    private void folder(String point, String name, int level) {
        emit(new PointDescription(point, name, "", level, false, false));
    }

    private void emit(PointDescription description) {
        if (description.depth() < depth) {
            each.accept(description);
        }
    }
}
