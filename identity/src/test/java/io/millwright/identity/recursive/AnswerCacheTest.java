package io.millwright.identity.recursive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The cache against a plain list of what was kept, the oldest use first.
class AnswerCacheTest {

    private static final AnswerCache.Settings SMALL = new AnswerCache.Settings(20_000, 50, 2, 0.25);

    private record Line(QueryKey key, KeptAnswer answer, long born, int late) {}

    /// What the cache should say, worked out by looking through a list.
    private static final class Model {

        private final List<Line> lines = new ArrayList<>();

        private int indexOf(QueryKey key) {
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).key().equals(key)) {
                    return i;
                }
            }
            return -1;
        }

        void keep(QueryKey key, KeptAnswer answer, long now) {
            int at = indexOf(key);
            if (at >= 0) {
                lines.remove(at);
            }
            if (answer.lifeNanos() > 0 && key.bytes() + answer.bytes() <= SMALL.bytesMax()) {
                lines.add(new Line(key, answer, now, 0));
            }
            while (bytes() > SMALL.bytesMax()) {
                lines.removeFirst();
            }
        }

        long bytes() {
            return lines.stream()
                    .mapToLong(l -> l.key().bytes() + l.answer().bytes())
                    .sum();
        }

        String find(QueryKey key, long now) {
            int at = indexOf(key);
            if (at < 0) {
                return "nothing";
            }
            var line = lines.remove(at);
            long age = now - line.born();
            long life = line.answer().lifeNanos();
            if (age >= life + SMALL.staleNanos()) {
                return "nothing";
            }
            boolean late = 4 * age >= 3 * life;
            lines.add(new Line(key, line.answer(), line.born(), line.late() + (late ? 1 : 0)));
            boolean hot = late && line.late() + 1 == SMALL.hotCount();
            return age < life ? "fresh " + age + (hot ? " hot" : "") : "stale " + age;
        }
    }

    private static String said(AnswerCache.Known known) {
        return switch (known) {
            case AnswerCache.Known.Fresh(var a, long age, boolean hot) -> "fresh " + age + (hot ? " hot" : "");
            case AnswerCache.Known.Stale(var a, long age) -> "stale " + age;
            case AnswerCache.Known.Nothing() -> "nothing";
        };
    }

    private static QueryKey key(int number) {
        return new QueryKey("88/" + "X".repeat(number % 7) + number, List.of(), List.of());
    }

    private static KeptAnswer answer(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return KeptAnswer.refused(ResponseCode.HANDLE_NOT_FOUND, Optional.empty(), 4 * random.nextInt(10));
        }
        var value = HandleValue.published(1, "DESC", "x".repeat(random.nextInt(3000)), 1);
        return KeptAnswer.found(new HandleRecord(Handle.of("88/a"), List.of(value)), 4 * random.nextInt(40));
    }

    @Test
    void itSaysWhatTheModelSays() {
        Property.check(300, random -> {
            var cache = new AnswerCache(SMALL);
            var model = new Model();
            long now = random.nextLong();
            for (int i = 0; i < 300; i++) {
                now += random.nextInt(8);
                var key = key(random.nextInt(30));
                switch (random.nextInt(5)) {
                    case 0 -> {
                        var answer = answer(random);
                        cache.keep(key, answer, now);
                        model.keep(key, answer, now);
                    }
                    case 1 -> assertEquals(isFresh(model, key, now), cache.holdsFresh(key, now));
                    default -> assertEquals(model.find(key, now), said(cache.find(key, now)), "step " + i);
                }
                assertEquals(model.lines.size(), cache.size());
                assertEquals(model.bytes(), cache.bytes());
            }
        });
    }

    /// To ask whether something is there is to use it.
    private static boolean isFresh(Model model, QueryKey key, long now) {
        int at = model.indexOf(key);
        if (at < 0) {
            return false;
        }
        var line = model.lines.remove(at);
        model.lines.add(line);
        return now - line.born() < line.answer().lifeNanos();
    }

    @Test
    void aMillionMissingNamesTakeNoMoreThanTheyMay() {
        var cache = new AnswerCache(new AnswerCache.Settings(1 << 20, 0, 0, 0));
        var missing = KeptAnswer.refused(ResponseCode.HANDLE_NOT_FOUND, Optional.empty(), 1_000);
        for (int i = 0; i < 1_000_000; i++) {
            cache.keep(key(i), missing, 0);
            assertTrue(cache.bytes() <= 1 << 20);
        }
        assertTrue(cache.size() > 1_000, "still useful: " + cache.size());
        assertInstanceOf(AnswerCache.Known.Fresh.class, cache.find(key(999_999), 1));
        assertInstanceOf(AnswerCache.Known.Nothing.class, cache.find(key(0), 1));
    }
}
