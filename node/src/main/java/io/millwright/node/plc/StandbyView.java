package io.millwright.node.plc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One PLC of two, as others see it.
///
/// @param role master: it writes outputs; standby: it follows; waiting: it has nobody to follow yet
/// @param partner the address of the other one; empty where there is none
/// @param ready whether the one that follows would take over
/// @param epoch in which outputs are written; what a standby that is ready would write in
/// @param scan the last scan that both have done
/// @param lagScans how many scans the one that follows is behind
/// @param agrees whether the states were the same when they were compared last
/// @param compared after how many scans the states were compared here
/// @param problem why there is nobody to follow; empty otherwise
/// @param takeOver the last one by this PLC; null where there was none
/// @param divergence where the states differed last; null where they never did
/// @param events the newest first
public record StandbyView(
        String role,
        String partner,
        boolean ready,
        long epoch,
        long scan,
        long lagScans,
        boolean agrees,
        long compared,
        String problem,
        @Nullable TakeOverView takeOver,
        @Nullable DivergenceView divergence,
        List<EventView> events) {

    /// A take-over.
    ///
    /// @param epochMillis when, in milliseconds since 1970
    /// @param scan after which this PLC went on
    /// @param millis from when that scan was heard of to when this PLC went on
    /// @param steps why it took so long
    public record TakeOverView(long epochMillis, long scan, long epoch, double millis, StepsView steps) {}

    /// When the steps of a take-over were done, in milliseconds from when the last scan was heard of; 0 for what was
    /// not done yet.
    ///
    /// @param heardNanos when that was, by the monotonic clock of the machine
    /// @param lostMillis it was known that the other PLC is gone
    /// @param claimedMillis the fence gave the epoch
    /// @param toldMillis outputs were told to be written anew
    /// @param wentOnMillis the program was let run
    /// @param scannedMillis its first scan had ended
    /// @param askedMillis a device was asked to take an output
    /// @param writtenMillis it had taken it
    public record StepsView(
            long heardNanos,
            double lostMillis,
            double claimedMillis,
            double toldMillis,
            double wentOnMillis,
            double scannedMillis,
            double askedMillis,
            double writtenMillis) {}

    /// Where the states differed.
    ///
    /// @param variable the first one that did
    /// @param there its value in the PLC that was followed
    /// @param here its value in this one
    public record DivergenceView(long epochMillis, long scan, String variable, String there, String here) {}

    /// What happened.
    ///
    /// @param kind take-over, divergence, lost, problem, late or note
    /// @param message what happened, in English
    /// @param code the same, for other languages, with its arguments
    public record EventView(
            long epochMillis, String kind, String message, String code, Map<String, String> arguments) {}
}
