package io.millwright.plc.standby;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Locale;
import java.util.Optional;

/// A piece of memory that two processes of one machine share, in a file, by which one of them sees at once that
/// the other one is gone: a mutex in it is robust (POSIX.1-2024, `pthread_mutexattr_setrobust`), and the thread
/// that owns it never ends by itself. When its process is killed the kernel says so in the mutex as soon as
/// that thread has ended. Links and locks of files are closed only after the last thread has and the memory of
/// the process is torn down, which takes tens of milliseconds where a machine is busy.
///
/// ```
///   0   pthread_mutex_t
/// 128   8 "MWALIVE1", once it is locked
/// ```
final class Lifeline implements AutoCloseable {
    private static final int BYTES = 4096;
    private static final int MARK_AT = 128;
    private static final long MARK = 0x4D57_414C_4956_4531L;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Arena arena;
    private final MemorySegment memory;
    private final Calls calls;

    private Lifeline(Arena arena, MemorySegment memory, Calls calls) {
        this.arena = arena;
        this.memory = memory;
        this.calls = calls;
    }

    /// Holds a file by the thread that calls, which must not end before its process does.
    ///
    /// @param file readable and writable, not used by anybody yet; it may be closed afterwards
    /// @return empty where the system has no such mutexes
    static Optional<Lifeline> hold(FileChannel file) throws IOException {
        // There from the beginning: a page that the disk has no room for is noticed here.
        file.write(ByteBuffer.allocate(BYTES), 0);
        Optional<Lifeline> line = map(file);
        return line.filter(Lifeline::lock);
    }

    /// The end of a line that another process holds.
    ///
    /// @return empty where nobody can tell
    static Optional<Lifeline> watch(FileChannel file) throws IOException {
        return file.size() < BYTES ? Optional.empty() : map(file);
    }

    private static Optional<Lifeline> map(FileChannel file) throws IOException {
        Optional<Calls> calls = Calls.KNOWN;
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        Arena arena = Arena.ofShared();
        try {
            MemorySegment memory = file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, arena);
            return Optional.of(new Lifeline(arena, memory, calls.get()));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private boolean lock() {
        boolean locked = calls.makeAndLock(memory);
        if (locked) {
            LONG.setRelease(memory, (long) MARK_AT, MARK);
        } else {
            arena.close();
        }
        return locked;
    }

    /// Whether the process that held it is gone, for sure.
    boolean isCut() {
        return (long) LONG.getAcquire(memory, (long) MARK_AT) == MARK && calls.isOwnerDead(memory);
    }

    /// Lets go of a line that this thread holds.
    void end() {
        calls.unlock(memory);
        arena.close();
    }

    /// Lets go of a line that is watched. One that is held stays held.
    @Override
    public void close() {
        arena.close();
    }

    /// The functions of the C library on Linux; they give 0 or the number of an error.
    private static final class Calls {
        static final Optional<Calls> KNOWN = known();
        private static final int PROCESS_SHARED = 1;
        private static final int ROBUST = 1;
        private static final int OWNER_DEAD = 130;
        private static final int NOT_RECOVERABLE = 131;
        /// More than any `pthread_mutexattr_t` takes.
        private static final int ATTRIBUTE_BYTES = 64;

        private final MethodHandle attributes = one("pthread_mutexattr_init");
        private final MethodHandle shared = two("pthread_mutexattr_setpshared", ValueLayout.JAVA_INT);
        private final MethodHandle robust = two("pthread_mutexattr_setrobust", ValueLayout.JAVA_INT);
        private final MethodHandle make = two("pthread_mutex_init", ValueLayout.ADDRESS);
        private final MethodHandle tryLock = one("pthread_mutex_trylock");
        private final MethodHandle unlock = one("pthread_mutex_unlock");

        private static Optional<Calls> known() {
            if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Calls());
            } catch (IllegalStateException _) {
                return Optional.empty();
            }
        }

        private static MethodHandle one(String name) {
            return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        }

        private static MethodHandle two(String name, MemoryLayout second) {
            return handle(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, second));
        }

        @SuppressWarnings("restricted") // calls of the C library, their signatures as its manual pages give them
        private static MethodHandle handle(String name, FunctionDescriptor signature) {
            Linker linker = Linker.nativeLinker();
            MemorySegment symbol = linker.defaultLookup()
                    .find(name)
                    .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
            return linker.downcallHandle(symbol, signature);
        }

        boolean makeAndLock(MemorySegment mutex) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment wanted = arena.allocate(ATTRIBUTE_BYTES, Long.BYTES);
                return (int) attributes.invokeExact(wanted) == 0
                        && (int) shared.invokeExact(wanted, PROCESS_SHARED) == 0
                        && (int) robust.invokeExact(wanted, ROBUST) == 0
                        && (int) make.invokeExact(mutex, wanted) == 0
                        && (int) tryLock.invokeExact(mutex) == 0;
            } catch (Throwable e) {
                throw new IllegalStateException("calls of the C library do not throw", e);
            }
        }

        void unlock(MemorySegment mutex) {
            try {
                var _ = (int) unlock.invokeExact(mutex);
            } catch (Throwable e) {
                throw new IllegalStateException("calls of the C library do not throw", e);
            }
        }

        boolean isOwnerDead(MemorySegment mutex) {
            try {
                int result = (int) tryLock.invokeExact(mutex);
                if (result == 0 || result == OWNER_DEAD) {
                    // Not made consistent before, it says to all who ask later that it is not recoverable.
                    var _ = (int) unlock.invokeExact(mutex);
                }
                return result == OWNER_DEAD || result == NOT_RECOVERABLE;
            } catch (Throwable e) {
                throw new IllegalStateException("calls of the C library do not throw", e);
            }
        }
    }
}
