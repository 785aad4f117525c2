package io.millwright.node.id;

import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Result;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongConsumer;

/// Registers records, each a line of JSON, with up to [#WINDOW] requests under way at once: the node makes those
/// durable together that come together.
final class RecordLoad {

    /// More than that many messages may not overtake each other in a session
    /// ([io.millwright.identity.authentication.CounterWindow]).
    static final int WINDOW = 128;

    private static final int REFUSED_MAX = 100;
    private static final int BUSY_MAX = 100;
    private static final long BUSY_MILLIS = 100;

    private final AdministeringClient client;
    private final Options options;
    private final LongConsumer progress;
    private final Semaphore places = new Semaphore(WINDOW);
    private final TreeMap<Long, String> refused = new TreeMap<>();
    private long next;
    private long registered;
    private long same;
    private boolean lost;

    /// How to load.
    ///
    /// @param from number of the first line to be registered, from 1
    /// @param replace what is registered already
    /// @param passSame whether to pass over what is registered already with the same values
    /// @param keepGoing after a line that is refused
    record Options(long from, boolean replace, boolean passSame, boolean keepGoing) {}

    /// What came of it.
    ///
    /// @param registered how many records
    /// @param same how many more were registered already
    /// @param refused lines and what is wrong with them
    /// @param from all lines before this one are registered, or were refused and passed over
    /// @param ended whether every line has been looked at
    record Loaded(long registered, long same, List<Refused> refused, long from, boolean ended) {}

    /// A line that was not registered.
    record Refused(long line, String why) {}

    /// @param progress hears how many records are registered, often
    RecordLoad(AdministeringClient client, Options options, LongConsumer progress) {
        this.client = client;
        this.options = options;
        this.progress = progress;
    }

    Loaded load(BufferedReader in) throws IOException, InterruptedException {
        for (long skipped = 1; skipped < options.from() && in.readLine() != null; skipped++) {
            // Registered before.
        }
        next = options.from();
        String line = in.readLine();
        while (line != null && goesOn()) {
            places.acquire();
            long number = begin();
            String text = line;
            if (number == options.from()) {
                register(number, text); // Alone: it proves to the session who asks.
            } else {
                Thread.ofVirtual().start(() -> register(number, text));
            }
            line = in.readLine();
            progress.accept(registered());
        }
        places.acquire(WINDOW);
        return loaded(line == null);
    }

    private synchronized boolean goesOn() {
        return !lost && (refused.isEmpty() || options.keepGoing() && refused.size() < REFUSED_MAX);
    }

    private synchronized long begin() {
        return next++;
    }

    private synchronized long registered() {
        return registered;
    }

    private synchronized Loaded loaded(boolean ended) {
        var lines = new ArrayList<Refused>();
        refused.forEach((number, why) -> lines.add(new Refused(number, why)));
        boolean stopped = lost || !options.keepGoing() && !refused.isEmpty();
        long from = stopped ? refused.firstKey() : next;
        return new Loaded(registered, same, lines, from, ended && !stopped);
    }

    private void register(long number, String line) {
        try {
            var read = RecordLine.read(line);
            var result = ask(read);
            boolean there = options.passSame()
                    && result instanceof Result.Refused(int code, var _)
                    && code == ResponseCode.HANDLE_ALREADY_EXISTS
                    && isRegistered(read);
            finish(number, result, there);
        } catch (IllegalArgumentException e) {
            refuse(number, String.valueOf(e.getMessage()), false);
        } catch (InterruptedException e) {
            refuse(number, "interrupted", true);
        } catch (RuntimeException e) {
            refuse(number, e.toString(), true);
        } finally {
            places.release();
        }
    }

    /// A node at which too many changes wait is asked again.
    private Result ask(HandleRecord read) throws InterruptedException {
        var result = askOnce(read);
        for (int i = 1; i < BUSY_MAX && isBusy(result); i++) {
            Thread.sleep(BUSY_MILLIS);
            result = askOnce(read);
        }
        return result;
    }

    private Result askOnce(HandleRecord read) {
        return options.replace() ? client.put(read) : client.create(read);
    }

    private static boolean isBusy(Result result) {
        return result instanceof Result.Refused(int code, var _) && code == ResponseCode.SERVER_BUSY;
    }

    /// Whether the same values are registered; the node decides on their times.
    private boolean isRegistered(HandleRecord read) {
        return client.resolve(Body.ResolutionRequest.all(read.handle())) instanceof Resolution.Found(var found, var _)
                && timeless(found.values()).equals(timeless(readable(read)));
    }

    /// A value that nobody may read is not told.
    private static List<HandleValue> readable(HandleRecord read) {
        return read.values().stream()
                .filter(v -> v.permissions().publicRead() || v.permissions().adminRead())
                .toList();
    }

    private static List<HandleValue> timeless(List<HandleValue> values) {
        var byIndex = new TreeMap<Long, HandleValue>();
        for (var v : values) {
            byIndex.put(
                    Integer.toUnsignedLong(v.index()),
                    new HandleValue(v.index(), v.type(), v.data(), v.permissions(), v.ttl(), 0, v.references()));
        }
        return List.copyOf(byIndex.values());
    }

    private void finish(long number, Result result, boolean there) {
        if (there) {
            done(0, 1);
        } else if (result instanceof Result.Done) {
            done(1, 0);
        } else {
            boolean gone = result instanceof Result.Unreachable || result instanceof Result.Garbled;
            refuse(number, Answers.words(result), gone);
        }
    }

    private synchronized void done(int more, int moreSame) {
        registered += more;
        same += moreSame;
    }

    private synchronized void refuse(long number, String why, boolean gone) {
        refused.put(number, why);
        lost |= gone;
    }
}
