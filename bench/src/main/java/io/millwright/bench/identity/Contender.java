package io.millwright.bench.identity;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A server under load, and what was found.
final class Contender {

    private final String name;
    private final InetSocketAddress address;
    private final Usage usage;
    private final Question question;
    private final int among;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> processorMicros = new ArrayList<>();
    private final List<long[]> latencies = new ArrayList<>();
    private long seed = 1;

    /// @param among of how many records one is asked for at random
    Contender(String name, InetSocketAddress address, Usage usage, Question question, int among) {
        this.name = name;
        this.address = address;
        this.usage = usage;
        this.question = question;
        this.among = among;
    }

    String name() {
        return name;
    }

    /// Asks for so many records, and forgets how long it took.
    void warm(int count, int window) throws IOException {
        try (var load = new UdpLoad(address, question, among, seed++)) {
            load.perSecond(count, window);
        }
    }

    /// Asks for each record once, so that what can be kept is.
    void fill(int count, int window) throws IOException {
        try (var load = new UdpLoad(address, question, among, seed++)) {
            load.every(count, window);
        }
    }

    /// Forgets what was found so far.
    void forget() {
        rates.clear();
        processorMicros.clear();
        latencies.clear();
    }

    int answerBytes() throws IOException {
        try (var load = new UdpLoad(address, question, among, seed++)) {
            return load.answerBytes();
        }
    }

    void throughput(int count, int window) throws IOException {
        try (var load = new UdpLoad(address, question, among, seed++)) {
            Duration before = usage.processorTime();
            rates.add(load.perSecond(count, window));
            processorMicros.add(usage.processorTime().minus(before).toNanos() / 1e3 / count);
        }
    }

    void latency(int count) throws IOException {
        try (var load = new UdpLoad(address, question, among, seed++)) {
            latencies.add(load.oneAtATime(count));
        }
    }

    /// The median of the rounds, answers per second.
    double rate() {
        return median(rates);
    }

    /// The median of the rounds, microseconds of processor time of all its processes for one answer.
    double processorMicros() {
        return median(processorMicros);
    }

    /// The median of the rounds, in microseconds.
    ///
    /// @param part of the answers that come sooner, e.g. 0.99
    double latencyMicros(double part) {
        return median(latencies.stream()
                .map(nanos -> nanos[(int) (nanos.length * part)] / 1e3)
                .toList());
    }

    static double median(List<Double> figures) {
        return figures.isEmpty()
                ? Double.NaN
                : figures.stream().sorted().toList().get(figures.size() / 2);
    }
}
