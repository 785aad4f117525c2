package io.millwright.identity.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The socket calls of Linux (`man 2 recvmmsg`), with numbers as on x86-64 and AArch64.
@SuppressWarnings("restricted")
final class Linux {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVTIMEO = 20;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int EINTR = 4;
    static final int EAGAIN = 11;

    private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
    private static final int MSG_WAITFORONE = 0x10000;
    private static final int SHUT_RDWR = 2;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final java.lang.foreign.AddressLayout POINTER = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERROR =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = find("socket", INT, INT, INT);
    private static final MethodHandle BIND = find("bind", INT, POINTER, INT);
    private static final MethodHandle CONNECT = find("connect", INT, POINTER, INT);
    private static final MethodHandle NAME = find("getsockname", INT, POINTER, POINTER);
    private static final MethodHandle OPTION = find("setsockopt", INT, INT, INT, POINTER, INT);
    private static final MethodHandle RECEIVE = find("recvmmsg", INT, POINTER, INT, INT, POINTER);
    private static final MethodHandle SEND = find("sendmmsg", INT, POINTER, INT, INT);
    private static final MethodHandle SHUT = find("shutdown", INT, INT);
    private static final MethodHandle CLOSE = find("close", INT);
    private static final MethodHandle MESSAGE =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(POINTER, INT));

    private Linux() {}

    /// Every call gives an `int`, -1 for an error.
    private static MethodHandle find(String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(INT, parameters), ERRNO);
    }

    /// Links the calls, by which this class begins.
    static void prepare() {
        try (var arena = Arena.ofConfined()) {
            var _ = error(errors(arena));
        }
    }

    /// Where a thread finds out why a call failed.
    static MemorySegment errors(Arena arena) {
        return arena.allocate(Linker.Option.captureStateLayout());
    }

    static int error(MemorySegment errors) {
        return (int) ERROR.get(errors, 0L);
    }

    static IOException failure(MemorySegment errors) {
        try {
            var text = (MemorySegment) MESSAGE.invokeExact(error(errors));
            return new IOException(text.reinterpret(256).getString(0));
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int socket(MemorySegment errors, int family) {
        try {
            return (int) SOCKET.invokeExact(errors, family, SOCK_DGRAM_CLOEXEC, 0);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int bind(MemorySegment errors, int socket, MemorySegment address) {
        try {
            return (int) BIND.invokeExact(errors, socket, address, (int) address.byteSize());
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int connect(MemorySegment errors, int socket, MemorySegment address) {
        try {
            return (int) CONNECT.invokeExact(errors, socket, address, (int) address.byteSize());
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// The address a socket is bound to.
    static int name(MemorySegment errors, int socket, MemorySegment address, MemorySegment length) {
        try {
            return (int) NAME.invokeExact(errors, socket, address, length);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int option(MemorySegment errors, int socket, int level, int option, MemorySegment value) {
        try {
            return (int) OPTION.invokeExact(errors, socket, level, option, value, (int) value.byteSize());
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Waits for one datagram and takes what has come meanwhile.
    static int receive(MemorySegment errors, int socket, MemorySegment headers, int count) {
        try {
            return (int) RECEIVE.invokeExact(errors, socket, headers, count, MSG_WAITFORONE, MemorySegment.NULL);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static int send(MemorySegment errors, int socket, MemorySegment headers, int count) {
        try {
            return (int) SEND.invokeExact(errors, socket, headers, count, 0);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// Wakes whoever waits to receive; of a socket without a peer it says that it failed.
    static void shut(MemorySegment errors, int socket) {
        try {
            var _ = (int) SHUT.invokeExact(errors, socket, SHUT_RDWR);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    static void close(MemorySegment errors, int socket) {
        try {
            var _ = (int) CLOSE.invokeExact(errors, socket);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /// A call of the system throws nothing; that a handle has another form than its call is a fault of this
    /// class.
    private static RuntimeException broken(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException wrong ? wrong : new IllegalStateException(e);
    }
}
