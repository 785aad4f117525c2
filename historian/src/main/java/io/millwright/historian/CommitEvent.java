package io.millwright.historian;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("io.millwright.historian.Commit")
@Label("Journal commit")
@Category({"Millwright", "Historian"})
@StackTrace(false)
final class CommitEvent extends Event {
    @Label("Samples")
    int samples;

    @Label("Bytes in file")
    @DataAmount
    long fileBytes;
}
