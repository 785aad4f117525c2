package io.millwright.connect.modbus;

import io.millwright.model.Quality;
import io.millwright.model.Told;

/// The exception codes of Modbus (Application Protocol V1.1b3, 7) as OPC UA status codes and as sentences.
final class DeviceExceptions {

    static final int ILLEGAL_FUNCTION = 1;
    static final int ILLEGAL_ADDRESS = 2;
    static final int ILLEGAL_VALUE = 3;

    /// BadResourceUnavailable: an operating system resource is not available (OPC 10000-4, table 177).
    private static final Quality BAD_RESOURCE_UNAVAILABLE = new Quality(0x8004_0000);

    private DeviceExceptions() {}

    /// What a point is worth whose request was answered by this code.
    static Quality quality(int code) {
        return switch (code) {
            case ILLEGAL_FUNCTION -> Quality.BAD_NOT_SUPPORTED;
            case ILLEGAL_ADDRESS -> Quality.BAD_NODE_ID_UNKNOWN;
            case ILLEGAL_VALUE -> Quality.BAD_OUT_OF_RANGE;
            case 4, 8 -> Quality.BAD_DEVICE_FAILURE;
            case 5, 6 -> BAD_RESOURCE_UNAVAILABLE;
            case 10, 11 -> Quality.BAD_NO_COMMUNICATION;
            default -> Quality.BAD;
        };
    }

    /// The name of the code in the standard.
    static Told told(int code) {
        return switch (code) {
            case ILLEGAL_FUNCTION -> Told.of("modbus-illegal-function", "illegal function");
            case ILLEGAL_ADDRESS -> Told.of("modbus-illegal-address", "illegal data address");
            case ILLEGAL_VALUE -> Told.of("modbus-illegal-value", "illegal data value");
            case 4 -> Told.of("modbus-failure", "server device failure");
            case 5 -> Told.of("modbus-acknowledge", "acknowledge");
            case 6 -> Told.of("modbus-busy", "server device busy");
            case 8 -> Told.of("modbus-parity", "memory parity error");
            case 10 -> Told.of("modbus-gateway-path", "gateway path unavailable");
            case 11 -> Told.of("modbus-gateway-target", "gateway target device failed to respond");
            default -> Told.of("modbus-exception", "exception code {number}").with("number", code);
        };
    }

    /// Whether a smaller request may succeed where this one failed.
    static boolean dependsOnAddresses(int code) {
        return code == ILLEGAL_ADDRESS || code == ILLEGAL_VALUE;
    }
}
