package io.millwright.historian;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.millwright.historian.Conversion")
@Label("Segment written")
@Category({"Millwright", "Historian"})
@StackTrace(false)
final class ConversionEvent extends Event {
    @Label("Segment")
    String segment = "";

    @Label("Merged segments, 0 if from a journal file")
    int merged;

    @Label("Samples")
    long samples;

    @Label("Bytes")
    @DataAmount
    long bytes;
}
