package io.millwright.node.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mw read`: one point of a device.
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = "Read one point of a device.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw read plc-io input/0:float32 --plant examples/demo/plant.yaml",
            "  mw read opc.tcp://host:4840 \"ns=2;s=Tank1.Inflow\"",
            "  mw read \"modbus-tcp://host:1502?unit=1\" holding/0:float32"
        })
public final class ReadCommand implements Callable<Integer> {

    @Mixin
    private final DeviceArgument device = new DeviceArgument();

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "1", paramLabel = "POINT", description = "The point, in the notation of the device's protocol.")
    private String point = "";

    @Override
    public Integer call() {
        return DeviceArgument.report(output, point, device.ask(link -> link.read(point)));
    }
}
