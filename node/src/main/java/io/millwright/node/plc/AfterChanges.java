package io.millwright.node.plc;

import io.millwright.plc.Loaded;
import io.millwright.plc.ScanObserver;
import java.util.function.Consumer;

/// Hears when another program begins to run.
final class AfterChanges implements ScanObserver {
    private final Consumer<Loaded> changed;
    private Loaded known;

    /// @param known the program that runs
    /// @param changed short, as the next scan waits for it
    AfterChanges(Loaded known, Consumer<Loaded> changed) {
        this.known = known;
        this.changed = changed;
    }

    @Override
    public void loaded(Loaded loaded) {
        if (!loaded.equals(known)) {
            known = loaded;
            changed.accept(loaded);
        }
    }
}
