package io.millwright.bench.identity;

import io.millwright.identity.udp.LinuxUdp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/// One client that asks for records at random: with so many requests outstanding, or one at a time. It sends and
/// receives with one call of the system whatever can go together.
final class UdpLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int BUFFER_BYTES = 4 << 20;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LinuxUdp port;
    private final Question question;
    private final byte[] request;
    private final byte[] answer = new byte[LinuxUdp.DATAGRAM_BYTES];
    private final boolean[] outstanding = new boolean[1 << 16];
    private final SplittableRandom random;
    private final int among;
    private int next;

    /// @param among of how many records it asks for one at random
    UdpLoad(InetSocketAddress server, Question question, int among, long seed) throws IOException {
        port = LinuxUdp.to(server, BUFFER_BYTES, PATIENCE);
        this.question = question;
        this.among = among;
        request = question.copy();
        random = new SplittableRandom(seed);
    }

    /// Asks for so many records with a number of requests outstanding.
    ///
    /// @return answers per second
    double perSecond(int count, int window) throws IOException {
        long start = System.nanoTime();
        int sent = 0;
        for (int answered = 0; answered < count; answered += receive()) {
            for (; sent < count && sent - answered < window; sent++) {
                ask();
            }
            port.flush();
        }
        return count / ((System.nanoTime() - start) / NANOS_PER_SECOND);
    }

    /// Asks for so many records one after the other.
    ///
    /// @return how long each took, in nanoseconds, the shortest first
    long[] oneAtATime(int count) throws IOException {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            ask();
            port.flush();
            receive();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    /// Asks for every record once, in their order.
    void every(int count, int window) throws IOException {
        int sent = 0;
        for (int answered = 0; answered < count; answered += receive()) {
            for (; sent < count && sent - answered < window; sent++) {
                ask(Catalogue.FIRST + sent);
            }
            port.flush();
        }
    }

    private void ask() throws IOException {
        ask(Catalogue.FIRST + random.nextInt(among));
    }

    private void ask(int number) throws IOException {
        question.name(request, number);
        int id = next++ & 0xffff;
        request[question.idAt()] = (byte) (id >> 8);
        request[question.idAt() + 1] = (byte) id;
        outstanding[id] = true;
        port.answer(0, request, request.length);
    }

    private int receive() throws IOException {
        int count = port.receive();
        if (count == 0) {
            throw new IOException("an answer got lost: none came for " + PATIENCE.toSeconds() + " s");
        }
        for (int i = 0; i < count; i++) {
            int length = port.read(i, answer);
            int id = (answer[question.idAt()] & 0xff) << 8 | answer[question.idAt() + 1] & 0xff;
            if (!outstanding[id] || !question.right().is(answer, length)) {
                throw new IOException("a wrong answer, or one to no request");
            }
            outstanding[id] = false;
        }
        return count;
    }

    /// How long the last answer was.
    int answerBytes() throws IOException {
        ask();
        port.flush();
        port.receive();
        return port.read(0, answer);
    }

    @Override
    public void close() {
        port.close();
    }
}
