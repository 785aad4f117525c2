package io.millwright.identity.server;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A node on free loopback ports with a few records of every kind.
public final class RunningNode implements AutoCloseable {

    public static final String PREFIX = "88.118.7";

    /// A value anyone may read, one for administrators, one for nobody.
    public static final HandleRecord PUMP = record(
            "Pump-1",
            HandleValue.published(1, "URL", "https://example.org/pump-1", 1_700_000_000),
            HandleValue.published(2, "DESC", "Förderpumpe 泵", 1_700_000_000),
            HandleValue.published(3, "MILLWRIGHT.TYPE", "MotorPump", 1_700_000_000),
            new HandleValue(
                    5,
                    "MILLWRIGHT.PLANT",
                    Octets.utf8("riverside"),
                    Permissions.PUBLISHED,
                    new TimeToLive(1, 1_900_000_000),
                    1_700_000_001,
                    List.of(new ValueReference(Handle.of("88.118.7/riverside"), 0))),
            restricted(200, Permissions.ADMINISTRATORS_ONLY),
            restricted(300, Permissions.SECRET));

    /// Everything may be read; the answer takes dozens of datagrams.
    public static final HandleRecord LARGE = large("large", 100);

    /// Longer than the node sends by UDP.
    public static final HandleRecord HUGE = large("huge", 2000);

    public final HandleServer server;

    public RunningNode() throws IOException {
        this(ServerSettings.freePorts(), Time.system());
    }

    public RunningNode(ServerSettings settings, Time time) throws IOException {
        server = HandleServer.bind(settings, 7, time);
        var registry = new MemoryRegistry(List.of(PREFIX));
        List.of(PUMP, LARGE, HUGE).forEach(registry::register);
        server.serve(registry);
    }

    private static HandleRecord record(String name, HandleValue... values) {
        return new HandleRecord(Handle.of(PREFIX + "/" + name), List.of(values));
    }

    private static HandleValue restricted(int index, Permissions permissions) {
        return new HandleValue(
                index, "NOTE", Octets.utf8("not for all"), permissions, TimeToLive.DAY, 1_700_000_000, List.of());
    }

    private static HandleRecord large(String name, int count) {
        var values = new ArrayList<HandleValue>();
        for (int i = 1; i <= count; i++) {
            values.add(HandleValue.published(i, "DESC", "value " + i + " " + "x".repeat(60), i));
        }
        return new HandleRecord(Handle.of(PREFIX + "/" + name), values);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
