package io.millwright.connect.modbus;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.MaskWriteRegisterRequest;
import com.digitalpetri.modbus.pdu.ModbusRequestPdu;
import com.digitalpetri.modbus.pdu.ModbusResponsePdu;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsRequest;
import com.digitalpetri.modbus.pdu.ReadDiscreteInputsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.pdu.ReadInputRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadInputRegistersResponse;
import com.digitalpetri.modbus.pdu.WriteMultipleCoilsRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.pdu.WriteSingleRegisterRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkTold;
import io.millwright.connect.SessionLoop;
import io.millwright.model.Quality;
import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One TCP connection to a device. One request is under way at a time, as many devices know no more; a
/// connection that closes ends it at once.
final class ModbusSession implements SessionLoop.Session {

    private static final long LOST_MILLIS = 200;
    /// How often it is asked whether a write that is under way is still allowed.
    private static final long LOOK_MILLIS = 5;
    /// How long one that is not allowed any more is waited for.
    private static final long GRACE_MILLIS = 20;

    private static final Told NO_CONNECTION =
            Told.of("modbus-no-connection", "{device} (unit {unit}) did not accept a connection within {millis} ms");
    private static final Told NO_ANSWER =
            Told.of("modbus-no-answer", "{device} (unit {unit}) did not answer within {millis} ms");
    private static final Told TOO_LATE =
            Told.of("modbus-too-late", "{device} (unit {unit}) did not answer a write in time within {millis} ms");

    private final ModbusSettings settings;
    private final NettyTcpClientTransport transport;
    private final ModbusTcpClient client;
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final LastLook lastLook = new LastLook();
    private volatile @Nullable CompletableFuture<ModbusResponsePdu> underWay;
    /// Whether the last request has no answer, and may still come to the device.
    private volatile boolean unanswered;

    /// Where requests go out and answers come in; empty for the one that all such sessions share.
    private final Optional<EventLoopGroup> loop;
    /// What is done with an answer, likewise.
    private final Optional<ExecutorService> answers;

    private ModbusSession(ModbusSettings settings, Optional<ThreadFactory> prompt) {
        this.settings = settings;
        loop = prompt.map(p -> new MultiThreadIoEventLoopGroup(1, p, NioIoHandler.newFactory()));
        answers = prompt.map(Executors::newSingleThreadExecutor);
        transport = NettyTcpClientTransport.create(c -> {
            c.hostname = settings.address().host();
            c.port = settings.address().port();
            c.connectTimeout = settings.timeout();
            c.connectPersistent = false;
            loop.ifPresent(l -> c.eventLoopGroup = l);
            answers.ifPresent(a -> c.executor = a);
            // What was not sent when the process ends, or gives up a request, is never sent.
            c.bootstrapCustomizer = b -> b.option(ChannelOption.SO_LINGER, 0);
            c.pipelineCustomizer = p -> p.addFirst(lastLook);
        });
        transport.addConnectionListener(new NettyTcpClientTransport.ConnectionListener() {
            @Override
            public void onConnection() {}

            @Override
            public void onConnectionLost() {
                lost();
            }
        });
        client = ModbusTcpClient.create(transport, c -> c.requestTimeout = settings.timeout());
    }

    /// Connects.
    ///
    /// @param prompt makes the thread that sends and receives, where it must be on time
    static ModbusSession open(ModbusSettings settings, Optional<ThreadFactory> prompt)
            throws LinkException, InterruptedException {
        var session = new ModbusSession(settings, prompt);
        long patience = settings.timeout().toMillis() + 500;
        try {
            session.client.connectAsync().toCompletableFuture().get(patience, TimeUnit.MILLISECONDS);
            return session;
        } catch (ExecutionException e) {
            session.close();
            throw session.unreachable(e.getCause());
        } catch (TimeoutException e) {
            session.close();
            throw session.silent(NO_CONNECTION);
        } catch (InterruptedException e) {
            session.close();
            throw e;
        }
    }

    /// Waits, but ends as soon as the connection is lost.
    void await(long nanos) throws LinkException, InterruptedException {
        if (nanos <= 0) {
            return;
        }
        try {
            lost.get(nanos, TimeUnit.NANOSECONDS);
            throw closed();
        } catch (TimeoutException e) {
            // Nothing happened, as it should be.
        } catch (ExecutionException e) {
            throw closed();
        }
    }

    /// Reads a part of a table, as it arrives: two bytes a register, or packed bits.
    byte[] read(Table table, int start, int count) throws LinkException, DeviceRefusal, InterruptedException {
        byte[] answer = switch (table) {
            case COIL ->
                request(new ReadCoilsRequest(start, count), ReadCoilsResponse.class)
                        .coils();
            case DISCRETE ->
                request(new ReadDiscreteInputsRequest(start, count), ReadDiscreteInputsResponse.class)
                        .inputs();
            case HOLDING ->
                request(new ReadHoldingRegistersRequest(start, count), ReadHoldingRegistersResponse.class)
                        .registers();
            case INPUT ->
                request(new ReadInputRegistersRequest(start, count), ReadInputRegistersResponse.class)
                        .registers();
        };
        int expected = table.holdsBits() ? (count + 7) / 8 : 2 * count;
        if (answer.length != expected) {
            throw nonsense(Told.of("modbus-length", "it sent {bytes} bytes where {expected} were asked for")
                    .with("bytes", answer.length)
                    .with("expected", expected));
        }
        return answer;
    }

    /// Writes a coil by function 5, by function 15 where the device does not know that.
    ///
    /// @return whether it was allowed
    boolean writeCoil(int address, boolean on, BooleanSupplier allowed)
            throws LinkException, DeviceRefusal, InterruptedException {
        try {
            return write(new WriteSingleCoilRequest(address, on), allowed);
        } catch (DeviceRefusal e) {
            if (e.code() != DeviceExceptions.ILLEGAL_FUNCTION) {
                throw e;
            }
            return write(new WriteMultipleCoilsRequest(address, 1, new byte[] {(byte) (on ? 1 : 0)}), allowed);
        }
    }

    /// Writes registers: one by function 6, by function 16 where there are more or the device does not know
    /// that.
    ///
    /// @return whether it was allowed
    boolean writeRegisters(int address, byte[] registers, BooleanSupplier allowed)
            throws LinkException, DeviceRefusal, InterruptedException {
        if (registers.length == 2) {
            try {
                int value = (registers[0] & 0xFF) << 8 | registers[1] & 0xFF;
                return write(new WriteSingleRegisterRequest(address, value), allowed);
            } catch (DeviceRefusal e) {
                if (e.code() != DeviceExceptions.ILLEGAL_FUNCTION) {
                    throw e;
                }
            }
        }
        return write(new WriteMultipleRegistersRequest(address, registers.length / 2, registers), allowed);
    }

    /// Sets the bits of a register that are set in both masks and clears those that are set in `which` only, by
    /// function 22.
    ///
    /// @return whether it was allowed
    boolean writeBits(int address, int which, int bits, BooleanSupplier allowed)
            throws LinkException, DeviceRefusal, InterruptedException {
        return write(new MaskWriteRegisterRequest(address, ~which & 0xFFFF, bits & which), allowed);
    }

    /// Asks whether it is allowed when no other request is under way any more, again when the request is handed to the
    /// system, and while it is under way: a device that is silent for a while is not to find it later.
    private boolean write(ModbusRequestPdu request, BooleanSupplier allowed)
            throws LinkException, DeviceRefusal, InterruptedException {
        turn.lockInterruptibly();
        try {
            if (!allowed.getAsBoolean()) {
                return false;
            }
            lastLook.guard(allowed);
            request(request, ModbusResponsePdu.class);
            return true;
        } catch (LinkException e) {
            if (lastLook.hasWithheld()) {
                return false;
            }
            throw e;
        } finally {
            lastLook.rest();
            turn.unlock();
        }
    }

    private <R> R request(ModbusRequestPdu request, Class<R> kind)
            throws LinkException, DeviceRefusal, InterruptedException {
        turn.lockInterruptibly();
        try {
            if (lost.isDone()) {
                throw closed();
            }
            unanswered = true;
            var answer = client.sendAsync(settings.unit(), request).toCompletableFuture();
            underWay = answer;
            if (lost.isDone()) {
                throw closed();
            }
            ModbusResponsePdu response = await(answer);
            unanswered = false;
            if (!kind.isInstance(response)) {
                throw nonsense(Told.of("modbus-other-request", "it answered another request"));
            }
            return kind.cast(response);
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (RejectedExecutionException e) {
            // The session was closed in between.
            throw closed();
        } catch (TimeoutException e) {
            throw silent(lastLook.permits() ? NO_ANSWER : TOO_LATE);
        } finally {
            underWay = null;
            turn.unlock();
        }
    }

    /// The client's own timer ends it earlier; this one is for a connection that was lost in between, and for a write
    /// that is not allowed any more.
    private ModbusResponsePdu await(CompletableFuture<ModbusResponsePdu> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        long left = 2 * settings.timeout().toMillis();
        while (lastLook.guards() && lastLook.permits() && left > 0) {
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                left -= LOOK_MILLIS;
            }
        }
        return answer.get(lastLook.permits() ? left : GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private LinkException failed(@Nullable Throwable thrown) throws DeviceRefusal, InterruptedException {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (lastLook.hasWithheld()) {
            return new LinkException(Told.of("request-withheld", "the request was not allowed any more"));
        }
        if (cause instanceof ModbusResponseException refusal) {
            unanswered = false;
            throw new DeviceRefusal(refusal.getExceptionCode());
        }
        if (cause instanceof TimeoutException) {
            return silent(NO_ANSWER);
        }
        return isLostSoon() ? closed() : nonsense(Told.of("modbus-unreadable", "its answer cannot be read"));
    }

    /// A request on a connection that closes may fail before the connection is said to be lost.
    private boolean isLostSoon() throws InterruptedException {
        try {
            lost.get(LOST_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private void lost() {
        lost.complete(null);
        CompletableFuture<ModbusResponsePdu> waiting = underWay;
        if (waiting != null) {
            waiting.completeExceptionally(closed());
        }
    }

    private LinkException unreachable(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        while (cause != null && cause.getCause() != null && !(cause instanceof UnknownHostException)) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause == null ? null : cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof UnknownHostException) {
            return new LinkException(
                    Quality.BAD_NOT_CONNECTED,
                    Told.of("host-unknown", "no address is known for the host {host}")
                            .with("host", settings.address().host()));
        }
        if (text.contains("timed out") || text.contains("timeout")) {
            return silent(NO_CONNECTION);
        }
        Told why = text.contains("refused") ? LinkTold.NOBODY : SystemTold.said(text);
        return new LinkException(
                Quality.BAD_NOT_CONNECTED, LinkTold.refused(settings.address()).with("reason", why));
    }

    private LinkException closed() {
        return new LinkException(Quality.BAD_NO_COMMUNICATION, LinkTold.hangsUp(settings.address()));
    }

    private LinkException nonsense(Told reason) {
        return new LinkException(
                Quality.BAD_COMMUNICATION_ERROR,
                Told.of("modbus-nonsense", "{device} does not speak Modbus TCP: {reason}")
                        .with("device", settings.address())
                        .with("reason", reason));
    }

    private LinkException silent(Told what) {
        return new LinkException(
                Quality.BAD_TIMEOUT,
                what.with("device", settings.address())
                        .with("unit", settings.unit())
                        .with("millis", settings.timeout().toMillis()));
    }

    @Override
    public void close() {
        lost();
        if (!unanswered) {
            lastLook.lingers();
        }
        try {
            client.disconnectAsync().toCompletableFuture().get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is given up either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            loop.ifPresent(l -> {
                var _ = l.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            });
            answers.ifPresent(ExecutorService::shutdown);
        }
    }
}
