package io.millwright.bench.plc;

import io.millwright.plc.pace.CoreKeeper;
import io.millwright.plc.pace.RealTime;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A simulated device with two sockets to be reached at, one for each of two PLCs (Modbus application protocol
/// 1.1b3 over TCP: functions 3, 4 and 16). It notes which of them wrote a number of 32 bits, and when, by a
/// thread of its own for each connection; a device is no part of the machine that is measured, so these threads
/// run before all others where that is permitted.
final class WatchedDevice implements AutoCloseable {
    /// Before the threads of a PLC.
    private static final int PRIORITY = 95;

    private static final int READ_HOLDING = 3;
    private static final int READ_INPUT = 4;
    private static final int WRITE_MULTIPLE = 16;
    private static final int HEADER = 6;
    private static final int ILLEGAL_FUNCTION = 1;

    private final List<ServerSocket> doors = new ArrayList<>();
    private final List<Written> written = new ArrayList<>();
    private final CoreKeeper keeper = new CoreKeeper(this::fifo);
    private volatile RealTime fifo = RealTime.none();

    /// One number that a PLC wrote.
    ///
    /// @param door which of the two
    /// @param nanos when it came, by the monotonic clock
    record Written(int door, int value, long nanos) {}

    WatchedDevice() throws IOException {
        Thread.ofPlatform().name("device cores").daemon().start(keeper::serve);
        for (int i = 0; i < 2; i++) {
            var door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            int number = i;
            doors.add(door);
            Thread.ofPlatform().name("device " + i).daemon().start(() -> accept(door, number));
        }
    }

    int port(int door) {
        return doors.get(door).getLocalPort();
    }

    private RealTime fifo() {
        return fifo;
    }

    /// Whether its threads run before all others.
    boolean isFifo() {
        return fifo.fifo();
    }

    private void accept(ServerSocket door, int number) {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                Thread.ofPlatform().name("device " + number).daemon().start(() -> serve(socket, number));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket, int door) {
        fifo = RealTime.ask(new RealTime.Wanted(PRIORITY, false));
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            while (true) {
                byte[] header = in.readNBytes(HEADER);
                if (header.length < HEADER) {
                    return;
                }
                byte[] body = in.readNBytes(ByteBuffer.wrap(header).getShort(4) & 0xFFFF);
                socket.getOutputStream().write(answer(header, body, door));
            }
        } catch (IOException _) {
            // It was killed.
        }
    }

    /// Unit and function, then what the function has: addresses, counts and registers of two octets.
    private byte[] answer(byte[] header, byte[] body, int door) {
        ByteBuffer asked = ByteBuffer.wrap(body);
        int function = body[1];
        ByteBuffer said = ByteBuffer.allocate(256);
        said.put(header).put(body[0]);
        switch (function) {
            case READ_HOLDING, READ_INPUT -> {
                int octets = 2 * asked.getShort(4);
                said.put((byte) function).put((byte) octets).put(new byte[octets]);
            }
            case WRITE_MULTIPLE -> {
                note(new Written(door, asked.getInt(7), System.nanoTime()));
                said.put(body, 1, 5);
            }
            default -> said.put((byte) (function | 0x80)).put((byte) ILLEGAL_FUNCTION);
        }
        said.putShort(4, (short) (said.position() - HEADER));
        byte[] octets = new byte[said.position()];
        said.get(0, octets);
        return octets;
    }

    private synchronized void note(Written next) {
        written.add(next);
        notifyAll();
    }

    /// How many numbers were written.
    synchronized int count() {
        return written.size();
    }

    /// What was written, from the one with this place on.
    synchronized List<Written> from(int place) {
        return List.copyOf(written.subList(place, written.size()));
    }

    /// Waits for a number of some kind.
    ///
    /// @param place of the first one that is looked at
    /// @return its place; -1 where none came in time
    synchronized int await(int place, Predicate<Written> which, long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int at = place;
        while (true) {
            for (; at < written.size(); at++) {
                if (which.test(written.get(at))) {
                    return at;
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return -1;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void close() throws IOException {
        keeper.close();
        for (ServerSocket door : doors) {
            door.close();
        }
    }
}
