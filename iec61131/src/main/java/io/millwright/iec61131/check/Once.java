package io.millwright.iec61131.check;

import io.millwright.iec61131.check.Work.Slot;
import io.millwright.iec61131.syntax.Name;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Works a declaration out once; one that needs itself for that is a mistake.
final class Once implements Supplier<@Nullable Symbol> {
    private final Context context;
    private final Name name;
    private final Slot<Symbol> slot;
    private final Supplier<@Nullable Symbol> work;
    private final Depth depth;
    private boolean running;
    private boolean circle;

    /// How many declarations wait for one another.
    static final class Depth {
        private static final int MAX = 200;

        private int now;
    }

    Once(Context context, Name name, Slot<Symbol> slot, Depth depth, Supplier<@Nullable Symbol> work) {
        this.depth = depth;
        this.context = context;
        this.name = name;
        this.slot = slot;
        this.work = work;
    }

    /// Where what it comes to is kept.
    Slot<Symbol> slot() {
        return slot;
    }

    @Override
    public @Nullable Symbol get() {
        if (running) {
            if (!circle) {
                context.error("E530", name.span(), name + " is declared by means of itself");
            }
            circle = true;
            return null;
        }
        if (!slot.isFilled() && depth.now == Depth.MAX) {
            context.error("E013", name.span(), "more than " + Depth.MAX + " declarations need each other, one by one");
            slot.fill(null);
        }
        if (!slot.isFilled()) {
            running = true;
            depth.now++;
            Symbol symbol = work.get();
            depth.now--;
            running = false;
            slot.fill(circle ? null : symbol);
        }
        Symbol result = slot.value();
        if (result != null && context.scope().own(name.text()) instanceof Symbol.Deferred) {
            context.scope().replace(name.text(), result);
        }
        return result;
    }
}
