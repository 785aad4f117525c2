package io.millwright.node.command;

import io.millwright.connect.PointDescription;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw browse`: what a device has to offer.
@Command(
        name = "browse",
        mixinStandardHelpOptions = true,
        description = "List the points of a device, as they are found.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw browse opc.tcp://host:4840 --depth 3",
            "  mw browse \"modbus-tcp://host:1502?unit=1\"       the ranges that can be read"
        })
public final class BrowseCommand implements Callable<Integer> {

    @Mixin
    private final DeviceArgument device = new DeviceArgument();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--from", paramLabel = "POINT", description = "Start beneath this point (default: the top).")
    private String from = "";

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "How many levels to descend (default: ${DEFAULT-VALUE}).")
    private int depth = 10;

    @Option(names = "--patience", paramLabel = "SECONDS", description = "How long to look (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds = 30;

    @Override
    public Integer call() {
        if (depth < 1 || patienceSeconds < 1) {
            throw new UsageError("--depth and --patience are at least 1");
        }
        device.ask(link -> {
            link.browse(from, depth, Duration.ofSeconds(patienceSeconds), this::show);
            return from;
        });
        return ExitStatus.OK;
    }

    private void show(PointDescription point) {
        String access = (point.readable() ? "r" : "-") + (point.writable() ? "w" : "-");
        output.text(
                "  ".repeat(point.depth()) + point.point() + "  " + access + "  " + point.type() + "  " + point.name());
        output.jsonLine(point);
    }
}
