package io.millwright.model;

import java.util.Map;

/// How far a value can be trusted: an OPC UA status code (OPC 10000-4, 7.39; the codes are listed in OPC 10000-6,
/// A.2).
///
/// Bits 31–30 are the severity, bits 29–16 the sub-code, bits 15–0 flags about the value (limit, overflow, …), which
/// are kept.
///
/// @param code the 32 bits of the status code
public record Quality(int code) {

    /// The two topmost bits of a status code.
    public enum Severity {
        /// The value can be used.
        GOOD,
        /// The value can be used with care.
        UNCERTAIN,
        /// The value cannot be used.
        BAD
    }

    public static final Quality GOOD = new Quality(0x0000_0000);
    public static final Quality UNCERTAIN = new Quality(0x4000_0000);
    /// The last value of a source that has not answered since.
    public static final Quality UNCERTAIN_LAST_USABLE_VALUE = new Quality(0x4090_0000);
    /// The value lies outside the range that its source or the plant file gives for it.
    public static final Quality UNCERTAIN_ENGINEERING_UNITS_EXCEEDED = new Quality(0x4094_0000);

    public static final Quality BAD = new Quality(0x8000_0000);
    public static final Quality BAD_COMMUNICATION_ERROR = new Quality(0x8005_0000);
    public static final Quality BAD_TIMEOUT = new Quality(0x800A_0000);
    public static final Quality BAD_SECURITY_CHECKS_FAILED = new Quality(0x8013_0000);
    public static final Quality BAD_CERTIFICATE_UNTRUSTED = new Quality(0x801A_0000);
    public static final Quality BAD_USER_ACCESS_DENIED = new Quality(0x801F_0000);
    /// The connection exists and has not delivered a first value yet.
    public static final Quality BAD_WAITING_FOR_INITIAL_DATA = new Quality(0x8032_0000);
    public static final Quality BAD_NODE_ID_UNKNOWN = new Quality(0x8034_0000);
    public static final Quality BAD_OUT_OF_RANGE = new Quality(0x803C_0000);
    public static final Quality BAD_NOT_SUPPORTED = new Quality(0x803D_0000);
    public static final Quality BAD_TYPE_MISMATCH = new Quality(0x8074_0000);
    public static final Quality BAD_NO_COMMUNICATION = new Quality(0x8031_0000);
    public static final Quality BAD_NOT_CONNECTED = new Quality(0x808A_0000);
    public static final Quality BAD_DEVICE_FAILURE = new Quality(0x808B_0000);
    public static final Quality BAD_SENSOR_FAILURE = new Quality(0x808C_0000);
    public static final Quality BAD_OUT_OF_SERVICE = new Quality(0x808D_0000);
    public static final Quality BAD_CONFIGURATION_ERROR = new Quality(0x8089_0000);
    public static final Quality BAD_DECODING_ERROR = new Quality(0x8007_0000);
    public static final Quality BAD_SHUTDOWN = new Quality(0x800C_0000);

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x0000_0000, "Good"),
            Map.entry(0x4000_0000, "Uncertain"),
            Map.entry(0x4090_0000, "UncertainLastUsableValue"),
            Map.entry(0x4094_0000, "UncertainEngineeringUnitsExceeded"),
            Map.entry(0x8000_0000, "Bad"),
            Map.entry(0x8005_0000, "BadCommunicationError"),
            Map.entry(0x8007_0000, "BadDecodingError"),
            Map.entry(0x800A_0000, "BadTimeout"),
            Map.entry(0x800C_0000, "BadShutdown"),
            Map.entry(0x8013_0000, "BadSecurityChecksFailed"),
            Map.entry(0x801A_0000, "BadCertificateUntrusted"),
            Map.entry(0x801F_0000, "BadUserAccessDenied"),
            Map.entry(0x8031_0000, "BadNoCommunication"),
            Map.entry(0x8032_0000, "BadWaitingForInitialData"),
            Map.entry(0x8034_0000, "BadNodeIdUnknown"),
            Map.entry(0x803C_0000, "BadOutOfRange"),
            Map.entry(0x803D_0000, "BadNotSupported"),
            Map.entry(0x8074_0000, "BadTypeMismatch"),
            Map.entry(0x8089_0000, "BadConfigurationError"),
            Map.entry(0x808A_0000, "BadNotConnected"),
            Map.entry(0x808B_0000, "BadDeviceFailure"),
            Map.entry(0x808C_0000, "BadSensorFailure"),
            Map.entry(0x808D_0000, "BadOutOfService"));

    /// The severity; the reserved pattern 11 counts as bad, as OPC 10000-4 asks of clients.
    public Severity severity() {
        return switch (code >>> 30) {
            case 0 -> Severity.GOOD;
            case 1 -> Severity.UNCERTAIN;
            default -> Severity.BAD;
        };
    }

    public boolean isGood() {
        return severity() == Severity.GOOD;
    }

    public boolean isBad() {
        return severity() == Severity.BAD;
    }

    /// The name in the standard, e.g. `BadTimeout`; for codes without one here the severity and the number, e.g.
    /// `Bad(0x80AB0000)`.
    public String name() {
        String known = NAMES.get(code & 0xFFFF_0000);
        if (known != null) {
            return known;
        }
        String severity = switch (severity()) {
            case GOOD -> "Good";
            case UNCERTAIN -> "Uncertain";
            case BAD -> "Bad";
        };
        return "%s(0x%08X)".formatted(severity, code);
    }

    /// Reads a name that has one here, e.g. `BadTimeout`, or the number as `0x800A0000`.
    ///
    /// @throws IllegalArgumentException if it is neither
    public static Quality parse(String text) {
        if (text.matches("0[xX][0-9a-fA-F]{1,8}")) {
            return new Quality(Integer.parseUnsignedInt(text.substring(2), 16));
        }
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(text))
                .findAny()
                .map(entry -> new Quality(entry.getKey()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is not a quality: write Good, Uncertain, Bad, BadTimeout or 0x800A0000"));
    }

    @Override
    public String toString() {
        return name();
    }
}
