package io.millwright.connect.modbus;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;

/// A Modbus device by the library's server; every address can be read and written.
public final class ModbusDevice implements AutoCloseable {

    final ProcessImage image = new ProcessImage();
    private final int port;
    private final ModbusTcpServer server;

    ModbusDevice(int port) throws Exception {
        this.port = port;
        var transport = NettyTcpServerTransport.create(c -> {
            c.bindAddress = "127.0.0.1";
            c.port = port;
        });
        server = ModbusTcpServer.create(transport, new ReadWriteModbusServices() {
            @Override
            protected Optional<ProcessImage> getProcessImage(int unitId) {
                return Optional.of(image);
            }
        });
        server.start();
    }

    /// A device as a process of its own, with two registers that hold 1.
    public static void main(String[] args) throws Exception {
        new ModbusDevice(Integer.parseInt(args[0])).holding(0, 1, 1);
        Thread.currentThread().join();
    }

    static int freePort() throws Exception {
        try (var s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return s.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    void holding(int address, int... registers) {
        image.with(t -> t.writeHoldingRegisters(map -> {
            for (int i = 0; i < registers.length; i++) {
                map.put(address + i, new byte[] {(byte) (registers[i] >> 8), (byte) registers[i]});
            }
        }));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
