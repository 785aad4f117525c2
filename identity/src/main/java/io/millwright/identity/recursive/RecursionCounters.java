package io.millwright.identity.recursive;

import java.util.concurrent.atomic.LongAdder;

/// Counts for [RecursionStatistics].
final class RecursionCounters {

    final LongAdder fresh = new LongAdder();
    final LongAdder negative = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder fetched = new LongAdder();
    final LongAdder coalesced = new LongAdder();
    final LongAdder prefetched = new LongAdder();
    final LongAdder passedOn = new LongAdder();
    final LongAdder refused = new LongAdder();

    RecursionStatistics read(AnswerCache answers, AnswerCache refusals) {
        return new RecursionStatistics(
                fresh.sum(),
                negative.sum(),
                stale.sum(),
                fetched.sum(),
                coalesced.sum(),
                prefetched.sum(),
                passedOn.sum(),
                refused.sum(),
                answers.size(),
                refusals.size(),
                answers.bytes() + refusals.bytes());
    }
}
