package io.millwright.identity.recursive;

import io.millwright.identity.client.Resolution;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.model.Time;
import java.time.Duration;
import java.util.Optional;

/// What was answered by others: answers and refusals, in memory of their own each. Ages are measured by the clock that
/// never goes back; the wall clock counts only where a TTL names a moment, and only when the answer arrives.
final class Answers {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final AnswerCache answers;
    private final AnswerCache refusals;
    private final RecursionSettings settings;
    private final Time time;

    Answers(RecursionSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
        answers = new AnswerCache(new AnswerCache.Settings(
                settings.cacheBytes(), settings.staleLife().toNanos(), settings.hotCount(), settings.hotPart()));
        refusals = new AnswerCache(new AnswerCache.Settings(settings.negativeBytes(), 0, 0, 0));
    }

    /// What is known.
    sealed interface Known {

        /// @param hot to be fetched again before its end
        record Fresh(KeptAnswer answer, long ageNanos, boolean hot) implements Known {}

        /// @param failed whether nobody answered just now
        record Stale(KeptAnswer answer, long ageNanos, boolean failed) implements Known {}

        record Refusal(KeptAnswer refusal) implements Known {}

        record Nothing() implements Known {}
    }

    Known known(QueryKey key) {
        long now = time.monotonicNanos();
        return switch (answers.find(key, now)) {
            case AnswerCache.Known.Fresh(var answer, long age, boolean hot) -> new Known.Fresh(answer, age, hot);
            case AnswerCache.Known.Stale(var answer, long age) ->
                new Known.Stale(answer, age, refusals.holdsFresh(key, now));
            case AnswerCache.Known.Nothing() ->
                refusals.find(key, now) instanceof AnswerCache.Known.Fresh(var refusal, long _, boolean _)
                        ? new Known.Refusal(refusal)
                        : new Known.Nothing();
        };
    }

    boolean isAtHand(QueryKey key) {
        long now = time.monotonicNanos();
        return answers.holdsFresh(key, now) || refusals.holdsFresh(key, now);
    }

    /// Keeps what was answered. What was known stays known when nobody answers, and goes when it is said to be gone.
    KeptAnswer keep(QueryKey key, Resolution resolution) {
        long now = time.monotonicNanos();
        var kept = answerOf(resolution);
        if (kept.code() == ResponseCode.SUCCESS) {
            refusals.remove(key);
            answers.keep(key, kept, now);
            return kept;
        }
        if (!isFailure(kept)) {
            answers.remove(key);
        }
        refusals.keep(key, kept, now);
        return kept;
    }

    /// Whether nobody knew, rather than somebody said no.
    static boolean isFailure(KeptAnswer answer) {
        return answer.code() == ResponseCode.ERROR || answer.code() == ResponseCode.SERVER_BUSY;
    }

    /// In the form in which it is kept.
    KeptAnswer answerOf(Resolution resolution) {
        var negative = settings.negativeLife();
        return switch (resolution) {
            case Resolution.Found(var found, var _) -> KeptAnswer.found(found, lifeOf(found));
            case Resolution.NotFound _ -> refusal(ResponseCode.HANDLE_NOT_FOUND, Optional.empty(), negative);
            case Resolution.NotResponsible(var _, var why) ->
                refusal(
                        ResponseCode.SERVER_NOT_RESPONSIBLE,
                        Optional.of(plain(ResponseCode.SERVER_NOT_RESPONSIBLE, why)),
                        negative);
            case Resolution.Referred(var to, var _) ->
                refusal(ResponseCode.SERVER_NOT_RESPONSIBLE, Optional.of("referred to " + to), negative);
            case Resolution.Refused(int code, var why) -> refused(code, why);
            case Resolution.Unreachable(var at, var why) -> failure(at + ": " + why);
            case Resolution.Garbled(var at, var why) -> failure(at + ": " + why);
        };
    }

    private KeptAnswer refused(int code, String why) {
        boolean failed = code == ResponseCode.ERROR || code == ResponseCode.SERVER_BUSY;
        return refusal(code, Optional.of(plain(code, why)), failed ? settings.failureLife() : Duration.ZERO);
    }

    /// Without the meaning of the code, which every client puts before it.
    private static String plain(int code, String why) {
        String meaning = ResponseCode.meaningOf(code) + ": ";
        return why.startsWith(meaning) ? why.substring(meaning.length()) : why;
    }

    private KeptAnswer failure(String why) {
        return refusal(ResponseCode.ERROR, Optional.of("nobody answers: " + why), settings.failureLife());
    }

    private static KeptAnswer refusal(int code, Optional<String> text, Duration life) {
        return KeptAnswer.refused(code, text, life.toNanos());
    }

    /// Until the first of its values is to be asked for again. That there are no values is something that is missing.
    private long lifeOf(HandleRecord found) {
        long life = found.values().stream()
                .mapToLong(this::lifeOf)
                .min()
                .orElse(settings.negativeLife().toNanos());
        return Math.min(life, settings.lifeMax().toNanos());
    }

    private long lifeOf(HandleValue value) {
        long seconds = Integer.toUnsignedLong(value.ttl().seconds());
        return switch (value.ttl().type()) {
            case 0 -> seconds * NANOS_PER_SECOND;
            case 1 -> Math.max(0, seconds * NANOS_PER_SECOND - time.epochNanos());
            default -> 0;
        };
    }

    RecursionStatistics statistics(RecursionCounters counters) {
        return counters.read(answers, refusals);
    }
}
