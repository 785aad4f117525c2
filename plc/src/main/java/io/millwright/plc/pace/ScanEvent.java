package io.millwright.plc.pace;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// One scan of a task, for the flight recorder.
@Name("io.millwright.plc.Scan")
@Label("PLC scan")
@Category({"Millwright", "PLC"})
@Description("One scan of a task of the virtual PLC")
@StackTrace(false)
public final class ScanEvent extends Event {
    @Label("Task")
    public String task = "";

    @Label("Scan number")
    public long number;

    @Label("Lateness")
    @Timespan(Timespan.NANOSECONDS)
    public long lateness;

    @Label("Skipped")
    @Description("Scans that were left out before this one")
    public long skipped;
}
