package io.millwright.historian;

import java.util.function.BooleanSupplier;

/// Waits for a condition.
final class Await {

    private Await() {}

    static void until(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited 30 s in vain: " + what);
            }
            Thread.sleep(5);
        }
    }
}
