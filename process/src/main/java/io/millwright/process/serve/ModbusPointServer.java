package io.millwright.process.serve;

import com.digitalpetri.modbus.ExceptionCode;
import com.digitalpetri.modbus.FunctionCode;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.millwright.model.Time;
import io.millwright.model.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// A Modbus TCP device (MODBUS Application Protocol 1.1b3) that offers points as 32-bit floats in two registers each,
/// high word first: the measured ones as input registers, the commanded ones as holding registers, each from 0 on in
/// their order. Other units than its own are not answered.
public final class ModbusPointServer implements AutoCloseable {

    private static final int REGISTERS_PER_POINT = 2;

    private final ModbusTcpServer server;
    private final int port;
    private final Device device;

    /// How it misbehaves.
    public enum Habit {
        /// Answers.
        SOUND,
        /// Takes requests and never answers.
        SILENT,
        /// Answers every request with exception 4, server device failure.
        FAILING
    }

    private ModbusPointServer(ModbusTcpServer server, int port, Device device) {
        this.server = server;
        this.port = port;
        this.device = device;
    }

    /// Starts the server.
    ///
    /// @param wanted the port; 0 for any free one
    /// @param unit the unit identifier it answers to
    /// @throws PortTaken if the port is taken
    public static ModbusPointServer start(
            int wanted, int unit, List<Point> input, List<Point> holding, Ledger ledger, Time time) {
        int port = Ports.claim("Modbus TCP", wanted);
        var device = new Device(unit, List.copyOf(input), List.copyOf(holding), ledger, time);
        var transport = NettyTcpServerTransport.create(settings -> {
            settings.bindAddress = "127.0.0.1";
            settings.port = port;
        });
        var server = ModbusTcpServer.create(transport, device);
        try {
            server.start();
        } catch (ExecutionException e) {
            throw new PortTaken("Modbus TCP", port);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while starting", e);
        }
        return new ModbusPointServer(server, port, device);
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    public void behave(Habit habit) {
        device.habit = habit;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ExecutionException | InterruptedException e) {
            // It is gone one way or the other.
        }
    }

    private static final class Device implements ModbusServices {

        private final int unit;
        private final List<Point> input;
        private final List<Point> holding;
        private final Ledger ledger;
        private final Time time;
        private volatile Habit habit = Habit.SOUND;

        Device(int unit, List<Point> input, List<Point> holding, Ledger ledger, Time time) {
            this.unit = unit;
            this.input = input;
            this.holding = holding;
            this.ledger = ledger;
            this.time = time;
        }

        @Override
        public ReadInputRegistersResponse readInputRegisters(
                ModbusRequestContext context, int unitId, ReadInputRegistersRequest request)
                throws ModbusResponseException, UnknownUnitIdException {
            check(unitId, FunctionCode.READ_INPUT_REGISTERS);
            return new ReadInputRegistersResponse(
                    read(FunctionCode.READ_INPUT_REGISTERS, "input/", input, request.address(), request.quantity()));
        }

        @Override
        public ReadHoldingRegistersResponse readHoldingRegisters(
                ModbusRequestContext context, int unitId, ReadHoldingRegistersRequest request)
                throws ModbusResponseException, UnknownUnitIdException {
            var function = FunctionCode.READ_HOLDING_REGISTERS;
            check(unitId, function);
            return new ReadHoldingRegistersResponse(
                    read(function, "holding/", holding, request.address(), request.quantity()));
        }

        @Override
        public WriteSingleRegisterResponse writeSingleRegister(
                ModbusRequestContext context, int unitId, WriteSingleRegisterRequest request)
                throws ModbusResponseException, UnknownUnitIdException {
            check(unitId, FunctionCode.WRITE_SINGLE_REGISTER);
            // Half a float is no value.
            throw new ModbusResponseException(FunctionCode.WRITE_SINGLE_REGISTER, ExceptionCode.ILLEGAL_DATA_VALUE);
        }

        @Override
        public WriteMultipleRegistersResponse writeMultipleRegisters(
                ModbusRequestContext context, int unitId, WriteMultipleRegistersRequest request)
                throws ModbusResponseException, UnknownUnitIdException {
            var function = FunctionCode.WRITE_MULTIPLE_REGISTERS;
            check(unitId, function);
            int address = request.address();
            int quantity = request.quantity();
            if (address % REGISTERS_PER_POINT != 0 || quantity % REGISTERS_PER_POINT != 0) {
                throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_VALUE);
            }
            checkAddress(function, holding, address, quantity);
            var values = ByteBuffer.wrap(request.values());
            for (int i = 0; i < quantity / REGISTERS_PER_POINT; i++) {
                try {
                    holding.get(address / REGISTERS_PER_POINT + i).write(Value.of((double) values.getFloat()));
                } catch (IllegalArgumentException e) {
                    throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_VALUE);
                }
            }
            return new WriteMultipleRegistersResponse(address, quantity);
        }

        private void check(int unitId, FunctionCode function) throws ModbusResponseException, UnknownUnitIdException {
            if (unitId != unit || habit == Habit.SILENT) {
                throw new UnknownUnitIdException(unitId);
            }
            if (habit == Habit.FAILING) {
                throw new ModbusResponseException(function, ExceptionCode.SLAVE_DEVICE_FAILURE);
            }
        }

        private byte[] read(FunctionCode function, String table, List<Point> points, int address, int quantity)
                throws ModbusResponseException {
            checkAddress(function, points, address, quantity);
            int first = address / REGISTERS_PER_POINT;
            int last = (address + quantity - 1) / REGISTERS_PER_POINT;
            var all = ByteBuffer.allocate((last - first + 1) * Float.BYTES);
            long now = time.epochNanos();
            for (int i = first; i <= last; i++) {
                all.putFloat((float) points.get(i).reading().value().asDouble());
                boolean whole =
                        i * REGISTERS_PER_POINT >= address && (i + 1) * REGISTERS_PER_POINT <= address + quantity;
                if (whole) {
                    ledger.enter(table + i * REGISTERS_PER_POINT + ":float32", now);
                }
            }
            var wanted = new byte[quantity * Short.BYTES];
            all.position((address - first * REGISTERS_PER_POINT) * Short.BYTES).get(wanted);
            return wanted;
        }

        private static void checkAddress(FunctionCode function, List<Point> points, int address, int quantity)
                throws ModbusResponseException {
            ModbusServices.checkRegisterRange(function.getCode(), address, quantity);
            if (address + quantity > points.size() * REGISTERS_PER_POINT) {
                throw new ModbusResponseException(function, ExceptionCode.ILLEGAL_DATA_ADDRESS);
            }
        }
    }
}
