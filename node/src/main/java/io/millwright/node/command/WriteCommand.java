package io.millwright.node.command;

import io.millwright.model.Value;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw write`: writes one point of a device and shows what the device then holds.
@Command(
        name = "write",
        mixinStandardHelpOptions = true,
        description = "Write one point of a device and show what it then holds.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw write \"modbus-tcp://host:1502\" holding/10:float32 42.5",
            "  mw write opc.tcp://host:4840 \"ns=2;s=Pump.On\" true"
        })
public final class WriteCommand implements Callable<Integer> {

    @Mixin
    private final DeviceArgument device = new DeviceArgument();

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "1", paramLabel = "POINT", description = "The point, in the notation of the device's protocol.")
    private String point = "";

    @Parameters(index = "2", paramLabel = "VALUE", description = "A number, NaN, true, false, or a text.")
    private String value = "";

    @Option(names = "--text", description = "The value is a text even if it looks like a number or truth value.")
    private boolean text;

    @Override
    public Integer call() {
        return DeviceArgument.report(output, point, device.ask(link -> link.write(point, value())));
    }

    private Value value() {
        if (text) {
            return Value.of(value);
        }
        return switch (value) {
            case "true" -> Value.of(true);
            case "false" -> Value.of(false);
            case "NaN", "Infinity", "-Infinity" -> Value.of(Double.parseDouble(value));
            default -> number();
        };
    }

    private Value number() {
        try {
            BigDecimal number = new BigDecimal(value);
            boolean whole = number.scale() == 0 && number.toBigInteger().bitLength() < Long.SIZE;
            return whole ? Value.of(number.longValueExact()) : Value.of(number.doubleValue());
        } catch (NumberFormatException e) {
            return Value.of(value);
        }
    }
}
