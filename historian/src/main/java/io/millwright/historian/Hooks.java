package io.millwright.historian;

/// What tests may change, and nobody else.
///
/// @param failpoints hears when a named point is reached
/// @param verifies whether journal payloads are checked when read back
/// @param threads whether the historian works by itself; otherwise its steps are called
record Hooks(Failpoints failpoints, boolean verifies, boolean threads) {

    static final Hooks NONE = new Hooks(_ -> {}, true, true);

    /// Hears of points in the code at which a crash would hurt most.
    @FunctionalInterface
    interface Failpoints {
        void reached(String point);
    }
}
