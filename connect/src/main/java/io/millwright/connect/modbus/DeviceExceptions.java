package io.millwright.connect.modbus;

import io.millwright.model.Quality;

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
    static String name(int code) {
        return switch (code) {
            case ILLEGAL_FUNCTION -> "illegal function";
            case ILLEGAL_ADDRESS -> "illegal data address";
            case ILLEGAL_VALUE -> "illegal data value";
            case 4 -> "server device failure";
            case 5 -> "acknowledge";
            case 6 -> "server device busy";
            case 8 -> "memory parity error";
            case 10 -> "gateway path unavailable";
            case 11 -> "gateway target device failed to respond";
            default -> "exception code " + code;
        };
    }

    /// Whether a smaller request may succeed where this one failed.
    static boolean dependsOnAddresses(int code) {
        return code == ILLEGAL_ADDRESS || code == ILLEGAL_VALUE;
    }
}
