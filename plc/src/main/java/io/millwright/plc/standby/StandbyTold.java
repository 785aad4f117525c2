package io.millwright.plc.standby;

import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import java.io.IOException;
import java.time.Duration;

/// What happens between two PLCs, for people.
final class StandbyTold {
    static final Told STANDBY_READY = Told.of("standby-ready", "the standby is ready to take over");
    static final Told APART = Told.of("standby-apart", "the standby has another state; it is sent this one");
    static final Told PROGRAM = Told.of("standby-program", "a program was sent");
    static final Told PROCESS_ENDED = Told.of("master-ended", "the other side is gone: its process has ended");
    static final Told DIFFERED =
            Told.of("standby-differed", "the states differed when the other side was lost: nothing is taken over");

    private static final double NANOS_PER_MILLI = 1e6;

    private StandbyTold() {}

    static Told follows(String address) {
        return Told.of("standby-follows", "a standby follows from {address}").with("address", address);
    }

    static Told standbyGone(IOException why) {
        return reason(Told.of("standby-gone", "the standby is gone{: reason}"), why);
    }

    static Told noAnswer(Duration lease) {
        return lease(
                Told.of("standby-late", "the standby is gone: it did not answer within the lease of {lease}"), lease);
    }

    static Told alone(long epoch) {
        return epoch(Told.of("master-alone", "without a standby, in epoch {epoch}"), epoch);
    }

    static Told lost(long epoch) {
        return epoch(Told.of("master-lost", "another node tells outputs now, in epoch {epoch}"), epoch);
    }

    static Told fenceFails(IOException why) {
        return reason(Told.of("fence-fails", "the fence cannot be asked, so no outputs are told{: reason}"), why);
    }

    static Told silent(Duration lease) {
        return lease(Told.of("master-silent", "nothing was heard for {lease} and longer"), lease);
    }

    static Told masterGone(IOException why) {
        return reason(Told.of("master-gone", "the other side is gone{: reason}"), why);
    }

    static Told ready(long epoch) {
        return epoch(Told.of("standby-may", "ready to take over in epoch {epoch}"), epoch);
    }

    static Told goesOnAlone(long epoch) {
        return epoch(Told.of("master-goes-on", "the other side goes on alone, in epoch {epoch}"), epoch);
    }

    static Told slow(long scan, long nanos, Duration lease) {
        return lease(
                Told.of(
                                "standby-slow",
                                "doing the scans until {scan} took {millis} ms here, longer than the lease of {lease}: "
                                        + "meanwhile the other side got no answer")
                        .with("scan", scan)
                        .with("millis", nanos / NANOS_PER_MILLI),
                lease);
    }

    private static Told epoch(Told told, long epoch) {
        return told.with("epoch", epoch);
    }

    private static Told lease(Told told, Duration lease) {
        return told.with("lease", lease.toNanos() / NANOS_PER_MILLI + " ms");
    }

    private static Told reason(Told told, IOException why) {
        return told.with("reason", SystemTold.of(why));
    }
}
