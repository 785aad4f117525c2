package io.millwright.historian;

import java.util.concurrent.atomic.LongAdder;

/// What was counted since the historian was opened.
record Counters(LongAdder received, LongAdder durable, LongAdder duplicate, LongAdder refused) {

    Counters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }
}
