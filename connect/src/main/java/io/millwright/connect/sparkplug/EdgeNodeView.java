package io.millwright.connect.sparkplug;

import io.millwright.model.Quality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One edge node as a host sees it (Sparkplug 3.0.0, 5 and 6): births, sequence, aliases, deaths.
///
/// Between births every message carries the number after the last one's (6.4.5, `seq`). A message that comes too early
/// waits for the missing ones. When they do not come in time, something is lost, perhaps a birth: then aliases can mean
/// something else, so until the next birth only metrics that come with their names are believed, and a rebirth is asked
/// for, less often the longer it does not help.
final class EdgeNodeView {

    private static final int WAITING_MAX = 64;
    private static final int DEVICES_MAX = 10_000;

    private record Waiting(SparkplugTopic topic, SparkplugPayload payload) {}

    private final String name;
    private final HostTimings timings;
    private final Map<String, Map<String, WantedMetric>> wanted;
    private final Map<String, DeviceView> devices = new HashMap<>();
    private final Map<Long, MetricView> aliases = new HashMap<>();
    /// Messages that came too early, by how many numbers they are ahead of the first missing one.
    private final TreeMap<Integer, Waiting> waiting = new TreeMap<>();
    private boolean born;
    private boolean aliasesHold;
    private OptionalLong bdSeq = OptionalLong.empty();
    private int nextSeq;
    private long reorderDeadline = Long.MAX_VALUE;
    private boolean rebirthWanted;
    private long rebirthAllowed = Long.MIN_VALUE;
    private long rebirthPause;

    /// @param wanted the metrics that feed signals, by device and name
    EdgeNodeView(String name, HostTimings timings, Map<String, Map<String, WantedMetric>> wanted) {
        this.name = name;
        this.timings = timings;
        this.wanted = wanted;
        rebirthPause = timings.rebirthNanos();
        wanted.keySet().forEach(this::device);
    }

    Iterable<DeviceView> devices() {
        return devices.values();
    }

    @Nullable
    MetricView metric(String device, String metric) {
        DeviceView view = devices.get(device);
        return view == null || !born ? null : view.metric(metric);
    }

    /// The broker is there; nothing is known of the edge node yet.
    void expect(Moment now, HostEffects out) {
        devices.values().forEach(device -> device.birthDeadline = now.monotonicNanos() + timings.birthNanos());
        wantRebirth(now, out);
    }

    void received(SparkplugTopic topic, SparkplugPayload payload, Moment now, HostEffects out) {
        switch (topic.type()) {
            case NBIRTH -> nodeBorn(payload, now, out);
            case NDEATH -> nodeDied(payload, now, out);
            case DBIRTH, DDEATH, NDATA, DDATA -> inSequence(new Waiting(topic, payload), now, out);
            case NCMD, DCMD -> {}
        }
    }

    /// Bytes arrived that are no payload: what they meant is lost.
    void unreadable(SparkplugTopic topic, Moment now, HostEffects out) {
        if (!topic.isCommand()) {
            wantRebirth(now, out);
        }
    }

    private void nodeBorn(SparkplugPayload payload, Moment now, HostEffects out) {
        born = true;
        aliasesHold = true;
        rebirthWanted = false;
        if (now.monotonicNanos() - rebirthAllowed > HostTimings.REBIRTH_NANOS_MAX) {
            rebirthPause = timings.rebirthNanos();
        }
        bdSeq = payload.bdSeq();
        nextSeq = (payload.seq().orElse(0) + 1) % SparkplugPayload.SEQ_COUNT;
        waiting.clear();
        reorderDeadline = Long.MAX_VALUE;
        aliases.clear();
        // The births of the devices follow right behind; those that do not come are gone.
        for (DeviceView device : devices.values()) {
            device.online = false;
            device.metrics.clear();
            device.birthDeadline = now.monotonicNanos() + timings.birthNanos();
        }
        deviceBorn(EdgeDevice.NODE, payload, now, out);
    }

    private void deviceBorn(String deviceName, SparkplugPayload payload, Moment now, HostEffects out) {
        DeviceView device = device(deviceName);
        device.metrics.values().forEach(metric -> metric.alias.ifPresent(aliases::remove));
        device.born(payload, now, out);
        device.metrics.values().forEach(metric -> metric.alias.ifPresent(alias -> aliases.put(alias, metric)));
    }

    private DeviceView device(String deviceName) {
        DeviceView known = devices.get(deviceName);
        if (known != null) {
            return known;
        }
        var view = new DeviceView(deviceName, wanted.getOrDefault(deviceName, Map.of()));
        if (devices.size() < DEVICES_MAX) {
            devices.put(deviceName, view);
        }
        return view;
    }

    /// The will of a connection that the edge node has replaced meanwhile bears another number (6.4.13) and means
    /// nothing. The time in a will is that of the connect, so the death is dated by its receipt.
    private void nodeDied(SparkplugPayload payload, Moment now, HostEffects out) {
        OptionalLong died = payload.bdSeq();
        if (born && died.isPresent() && bdSeq.isPresent() && died.getAsLong() != bdSeq.getAsLong()) {
            return;
        }
        forget();
        rebirthWanted = false;
        devices.values().forEach(device -> device.died(Quality.BAD_NOT_CONNECTED, OptionalLong.empty(), now, out));
    }

    /// The broker is gone, and with it all knowledge of the edge node.
    void lost(Quality why, Moment now, HostEffects out) {
        forget();
        rebirthWanted = false;
        rebirthAllowed = Long.MIN_VALUE;
        rebirthPause = timings.rebirthNanos();
        devices.values().forEach(device -> device.died(why, OptionalLong.empty(), now, out));
    }

    private void forget() {
        born = false;
        aliasesHold = false;
        aliases.clear();
        waiting.clear();
        reorderDeadline = Long.MAX_VALUE;
    }

    private void inSequence(Waiting message, Moment now, HostEffects out) {
        if (!born || message.payload().seq().isEmpty()) {
            wantRebirth(now, out);
            return;
        }
        int seq = message.payload().seq().getAsInt();
        if (!aliasesHold) {
            nextSeq = (seq + 1) % SparkplugPayload.SEQ_COUNT;
            apply(message, now, out);
            wantRebirth(now, out);
            return;
        }
        int ahead = Math.floorMod(seq - nextSeq, SparkplugPayload.SEQ_COUNT);
        if (ahead > 0) {
            waiting.put(ahead, message);
            if (reorderDeadline == Long.MAX_VALUE) {
                reorderDeadline = now.monotonicNanos() + timings.reorderNanos();
            }
            if (waiting.size() > WAITING_MAX || timings.reorderNanos() == 0) {
                giveUpOnMissing(now, out);
            }
            return;
        }
        apply(message, now, out);
        applyWaiting(now, out);
    }

    /// The missing message came: those behind it follow as far as they are complete.
    private void applyWaiting(Moment now, HostEffects out) {
        int applied = 1;
        for (Waiting next = waiting.remove(applied); next != null; next = waiting.remove(applied)) {
            apply(next, now, out);
            applied++;
        }
        nextSeq = (nextSeq + applied) % SparkplugPayload.SEQ_COUNT;
        if (waiting.isEmpty()) {
            reorderDeadline = Long.MAX_VALUE;
        } else {
            var rest = new TreeMap<Integer, Waiting>();
            int moved = applied;
            waiting.forEach((ahead, message) -> rest.put(ahead - moved, message));
            waiting.clear();
            waiting.putAll(rest);
            reorderDeadline = now.monotonicNanos() + timings.reorderNanos();
        }
    }

    private void giveUpOnMissing(Moment now, HostEffects out) {
        aliasesHold = false;
        List<Waiting> late = new ArrayList<>(waiting.values());
        waiting.clear();
        reorderDeadline = Long.MAX_VALUE;
        late.forEach(message -> apply(message, now, out));
        wantRebirth(now, out);
    }

    private void apply(Waiting message, Moment now, HostEffects out) {
        String deviceName = message.topic().device();
        SparkplugPayload payload = message.payload();
        switch (message.topic().type()) {
            case DBIRTH -> deviceBorn(deviceName, payload, now, out);
            case DDEATH -> device(deviceName).died(Quality.BAD_NO_COMMUNICATION, payload.millis(), now, out);
            default -> {
                if (device(deviceName).online) {
                    payload.metrics().forEach(metric -> update(deviceName, metric, payload.millis(), now, out));
                } else {
                    wantRebirth(now, out);
                }
            }
        }
    }

    private void update(String device, SparkplugMetric metric, OptionalLong millis, Moment now, HostEffects out) {
        MetricView view = null;
        if (!metric.name().isEmpty()) {
            view = device(device).metric(metric.name());
        } else if (metric.alias().isPresent() && aliasesHold) {
            view = aliases.get(metric.alias().getAsLong());
        }
        if (view != null && view.device.equals(device)) {
            view.update(metric, millis, now, out);
        } else {
            wantRebirth(now, out);
        }
    }

    private void wantRebirth(Moment now, HostEffects out) {
        rebirthWanted = true;
        if (now.monotonicNanos() >= rebirthAllowed) {
            out.rebirths().add(name);
            rebirthAllowed = now.monotonicNanos() + rebirthPause;
            rebirthPause = Math.min(2 * rebirthPause, HostTimings.REBIRTH_NANOS_MAX);
        }
    }

    long deadline() {
        long deadline = Math.min(reorderDeadline, rebirthWanted ? rebirthAllowed : Long.MAX_VALUE);
        for (DeviceView device : devices.values()) {
            deadline = Math.min(deadline, device.birthDeadline);
        }
        return deadline;
    }

    void elapsed(Moment now, HostEffects out) {
        if (now.monotonicNanos() >= reorderDeadline) {
            giveUpOnMissing(now, out);
        }
        if (rebirthWanted && now.monotonicNanos() >= rebirthAllowed) {
            wantRebirth(now, out);
        }
        for (DeviceView device : devices.values()) {
            if (now.monotonicNanos() >= device.birthDeadline) {
                device.died(Quality.BAD_NO_COMMUNICATION, OptionalLong.empty(), now, out);
            }
        }
    }
}
