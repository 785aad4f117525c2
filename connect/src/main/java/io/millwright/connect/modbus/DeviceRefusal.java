package io.millwright.connect.modbus;

/// The device answered a request with an exception code. The connection is fine.
final class DeviceRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    DeviceRefusal(int code) {
        super("exception code " + code, null, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }
}
