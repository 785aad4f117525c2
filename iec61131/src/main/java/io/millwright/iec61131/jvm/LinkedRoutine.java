package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Routine;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// The call site of one routine with its code, for all programs that have this very routine and call the same
/// ones from it.
///
/// Of these programs it knows the latest alone, so that earlier ones are forgotten once they no longer run. So who
/// keeps an early program keeps many of those that came after it too: of each routine the last that had it.
final class LinkedRoutine {
    private final int number;
    private final Routine routine;
    private final MutableCallSite site;
    private volatile Linkage linkage;

    /// Whether its code looks out for forced variables.
    private boolean guarded;

    /// The code that does not; null where none was written yet.
    private @Nullable MethodHandle plain;

    /// @param linkage of the program that it is written for
    LinkedRoutine(int number, Routine routine, MethodType type, Linkage linkage) {
        this.number = number;
        this.routine = routine;
        this.site = new MutableCallSite(type);
        this.linkage = linkage;
    }

    int number() {
        return number;
    }

    Routine routine() {
        return routine;
    }

    MutableCallSite site() {
        return site;
    }

    /// Where its code finds the routines that it calls.
    Linkage linkage() {
        return linkage;
    }

    /// Says that a later program has it too.
    void belongsTo(Linkage later) {
        linkage = later;
    }

    boolean isGuarded() {
        return guarded;
    }

    @Nullable
    MethodHandle plain() {
        return plain;
    }

    /// Lets its calls reach other code; in other threads once [Linkage#publish] was told.
    void code(ForcedCode.Written code) {
        guarded = code.looksOut();
        if (!guarded) {
            plain = code.handle();
        }
        site.setTarget(code.handle());
    }
}
