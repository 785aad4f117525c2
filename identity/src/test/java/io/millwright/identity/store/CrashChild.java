package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.model.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A process that changes a store as fast as it can until it is killed. It writes a line before each change is handed
/// over, `S number handle P` or `S number handle D`, and one when it is acknowledged, `A number handle`; for a load
/// `L number` and `K number`.
final class CrashChild {

    static final int THREADS = 4;
    static final int HANDLES_EACH = 40;
    static final int LOADED = 1000;

    private CrashChild() {}

    public static void main(String[] args) throws Exception {
        long first = Long.parseLong(args[1]);
        var settings = StoreSettings.usual().withBufferBytes(1 << 16);
        var store = IdentityStore.open(Path.of(args[0]), List.of("88.118.7"), settings, Time.system());
        say("O");
        if (args[2].equals("load")) {
            for (long n = first; ; n++) {
                say("L " + n);
                long number = n;
                store.load(
                        IntStream.range(0, LOADED)
                                .mapToObj(i -> loaded(number, i))
                                .iterator(),
                        count -> {});
                say("K " + n);
            }
        }
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < THREADS; t++) {
            int offset = t;
            threads.add(Thread.ofPlatform().start(() -> change(store, first + offset, offset)));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void change(IdentityStore store, long first, int thread) {
        var random = new SplittableRandom(first);
        for (long n = first; ; n += THREADS) {
            int handle = thread * HANDLES_EACH + random.nextInt(HANDLES_EACH);
            var there = store.find(handle(handle));
            boolean delete = there.isPresent() && random.nextInt(4) == 0;
            var after = record(handle, n);
            var change = delete
                    ? new Change.Delete(there.get())
                    : there.<Change>map(before -> new Change.Replace(before, after))
                            .orElseGet(() -> new Change.Create(after));
            say("S " + n + " " + handle + (delete ? " D" : " P"));
            if (!(store.commit(change).join() instanceof Commit.Done)) {
                throw new AssertionError("nobody else changes " + handle);
            }
            say("A " + n + " " + handle);
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line + ";"); // The mark shows that the line is whole.
        System.out.flush();
    }

    static Handle handle(int handle) {
        return Handle.of("88.118.7/h-" + handle);
    }

    /// The record under a handle after the change with a number; every value tells the number.
    static HandleRecord record(int handle, long number) {
        var values = new ArrayList<HandleValue>();
        for (int i = 1; i <= 2 + number % 5; i++) {
            values.add(HandleValue.published(i, "NUMBER", "change " + number + " of " + handle, (int) number));
        }
        return new HandleRecord(handle(handle), values);
    }

    static HandleRecord loaded(long number, int i) {
        return new HandleRecord(
                Handle.of("88.118.7/l-" + number + "-" + i),
                List.of(HandleValue.published(1, "NUMBER", "load " + number + ", " + i, 1)));
    }
}
