package io.millwright.identity.recursive;

import java.util.LinkedHashMap;
import java.util.Map;

/// Answers, each for as long as it may be used; in at most so many octets, those not asked for the longest forgotten
/// first. Time is handed in and has to be one that never goes back. To be used by many threads at once.
final class AnswerCache {

    private final Map<QueryKey, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Settings settings;
    private long bytes;

    /// @param bytesMax most octets of memory, about
    /// @param staleNanos how long an answer is kept when it is no longer fresh
    /// @param hotCount how many questions in the last part of its life make an answer hot
    /// @param hotPart that part, 0…1
    record Settings(long bytesMax, long staleNanos, int hotCount, double hotPart) {}

    /// What is known.
    sealed interface Known {

        /// @param answer may be used
        /// @param ageNanos since it was fetched
        /// @param hot it is asked for often and will soon be no longer fresh; said once
        record Fresh(KeptAnswer answer, long ageNanos, boolean hot) implements Known {}

        /// @param answer may be used if there is no other
        record Stale(KeptAnswer answer, long ageNanos) implements Known {}

        record Nothing() implements Known {}
    }

    private static final class Entry {
        private final KeptAnswer answer;
        private final long bornNanos;
        private final long bytes;
        private int lateQuestions;

        Entry(KeptAnswer answer, long bornNanos, long bytes) {
            this.answer = answer;
            this.bornNanos = bornNanos;
            this.bytes = bytes;
        }

        boolean isFresh(long now) {
            return now - bornNanos < answer.lifeNanos();
        }
    }

    AnswerCache(Settings settings) {
        this.settings = settings;
    }

    /// Looks an answer up, for somebody who asks for it.
    synchronized Known find(QueryKey key, long now) {
        var entry = entries.get(key);
        if (entry == null) {
            return new Known.Nothing();
        }
        long age = now - entry.bornNanos;
        long life = entry.answer.lifeNanos();
        if (age < life) {
            boolean late = age >= life * (1 - settings.hotPart);
            return new Known.Fresh(entry.answer, age, late && ++entry.lateQuestions == settings.hotCount);
        }
        if (age - life < settings.staleNanos) {
            return new Known.Stale(entry.answer, age);
        }
        remove(key);
        return new Known.Nothing();
    }

    /// Whether [#find] would find a fresh answer.
    synchronized boolean holdsFresh(QueryKey key, long now) {
        var entry = entries.get(key);
        return entry != null && entry.isFresh(now);
    }

    /// Keeps an answer instead of an earlier one. One that has no life, or alone would take more than all may, is not
    /// kept.
    synchronized void keep(QueryKey key, KeptAnswer answer, long now) {
        remove(key);
        long size = key.bytes() + answer.bytes();
        if (answer.lifeNanos() <= 0 || size > settings.bytesMax) {
            return;
        }
        entries.put(key, new Entry(answer, now, size));
        bytes += size;
        var oldest = entries.values().iterator();
        while (bytes > settings.bytesMax) {
            bytes -= oldest.next().bytes;
            oldest.remove();
        }
    }

    synchronized void remove(QueryKey key) {
        var removed = entries.remove(key);
        if (removed != null) {
            bytes -= removed.bytes;
        }
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized long bytes() {
        return bytes;
    }
}
