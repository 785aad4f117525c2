package io.millwright.node.id;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Clients that are simulated, so that the lab's nodes have something to do: most ask the recursive node for what there
/// is, some for what there is not, some search from the root; once a second a record of the enterprise is changed.
final class SimulatedClients implements AutoCloseable {

    private static final int ABSENT_PERCENT = 8;
    private static final int FROM_ROOT_PERCENT = 12;
    private static final int ABSENT_NAMES = 40;
    private static final int LOAD_INDEX = 20;

    private final LabTree tree;
    private final List<String> handles;
    private final int perSecond;
    private final Random random = new Random(7);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads;
    private int changes;

    SimulatedClients(LabTree tree, List<String> handles, int perSecond) {
        this.tree = tree;
        this.handles = handles;
        this.perSecond = perSecond;
        threads = List.of(
                Thread.ofVirtual().name("simulated-questions").start(this::ask),
                Thread.ofVirtual().name("simulated-changes").start(this::change));
    }

    private void ask() {
        long pauseNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        try (var client = HandleClient.to(Endpoint.udp(tree.node("recursive").address()))) {
            while (!closed.await(pauseNanos, TimeUnit.NANOSECONDS)) {
                int chance = random.nextInt(100);
                if (chance < ABSENT_PERCENT) {
                    client.resolve(Handle.of(LabTree.FIRST_ENTERPRISE + "/absent-" + random.nextInt(ABSENT_NAMES)));
                } else if (chance < ABSENT_PERCENT + FROM_ROOT_PERCENT) {
                    tree.search(any(), new ArrayList<>());
                } else {
                    client.resolve(Handle.of(any()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String any() {
        return handles.get(random.nextInt(handles.size()));
    }

    private void change() {
        var record = Handle.of(LabTree.FIRST_ENTERPRISE + "/simulated");
        var steward = LabConsole.steward(tree, "enterprise");
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                var value = HandleValue.published(
                        LOAD_INDEX, ValueTypes.DESC, "changed " + ++changes + " times, simulated", 0);
                tree.as("enterprise", client -> client.put(new HandleRecord(record, List.of(value, steward))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
