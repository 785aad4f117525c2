package io.millwright.network.model;

import io.millwright.network.curve.Rate;
import io.millwright.network.curve.Time;
import io.millwright.network.number.Rational;
import io.millwright.network.schedule.ScheduleFiles.Content;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Sporadic streams beside a schedule as tables, with what is claimed of them, for a checker that shares no code with
/// the analysis: `docs/reference/network-verify.md` has their columns. Nodes and streams have their own names.
public final class BesideFiles {

    /// Given: the sporadic streams.
    public static final String STREAMS = "sporadic.csv";

    /// Given: links that they may pass and no schedule uses.
    public static final String LINKS = "untimed.csv";

    /// Claimed: how long a stream takes to a listener at the most.
    public static final String BOUNDS = "BOUND.csv";

    /// Claimed: how long it is in each queue at the most, which the bounds follow from.
    public static final String WAITS = "WAIT.csv";

    /// All of them.
    public static final List<String> ALL = List.of(STREAMS, LINKS, BOUNDS, WAITS);

    /// Columns of tables of links: how a port shapes sporadic streams.
    static final String SHAPER_COLUMNS = ",idle_slope,asynchronous";

    private static final int NANO_DIGITS = 9;

    private final NetworkModel network;
    private final BesideSchedule beside;

    private BesideFiles(NetworkModel network, BesideSchedule beside) {
        this.network = network;
        this.beside = beside;
    }

    /// The tables: none in a network without sporadic streams; no claims where there are no bounds, or none that can be
    /// checked.
    public static Map<String, Content> of(NetworkModel network, BesideSchedule beside) {
        var files = new BesideFiles(network, beside);
        var contents = new LinkedHashMap<String, Content>();
        if (network.streams().stream().allMatch(NetworkModel.Stream::scheduled)) {
            return contents;
        }
        contents.put(STREAMS, files::streams);
        if (!files.untimed().isEmpty()) {
            contents.put(LINKS, files::links);
        }
        if (!beside.waits().isEmpty()) {
            contents.put(BOUNDS, files::bounds);
            contents.put(WAITS, files::waits);
        }
        return contents;
    }

    private void streams(Appendable out) throws IOException {
        out.append("stream,src,dst,size,period,deadline,loss\n");
        for (var stream : network.streams()) {
            if (!stream.scheduled()) {
                line(
                        out,
                        stream.name(),
                        stream.talker(),
                        "\"[" + String.join(", ", stream.listeners()) + "]\"",
                        stream.frame().bits().over(Rational.of(8)),
                        Nanos.in(stream.period()),
                        Nanos.in(stream.deadline()),
                        text(stream.loss()));
            }
        }
    }

    /// The ports of links that no schedule uses, but for those that send in slots.
    private List<Ways.Port> untimed() {
        var timed = network.timed();
        var ports = new ArrayList<Ways.Port>();
        for (var link : network.links()) {
            if (!timed.contains(link)) {
                ports.add(new Ways.Port(link.one(), link.other(), link));
                ports.add(new Ways.Port(link.other(), link.one(), link));
            }
        }
        ports.removeIf(port -> port.slot().isPresent());
        return ports;
    }

    private void links(Appendable out) throws IOException {
        var bridges = network.bridges().stream().collect(Collectors.toMap(NetworkModel.Bridge::name, b -> b));
        out.append("link,q_num,rate,t_proc,t_prop,t_proc_min,t_prop_min,cut_through" + SHAPER_COLUMNS + ",late\n");
        for (var port : untimed()) {
            var sender = bridges.get(port.from());
            var receiver = bridges.get(port.to());
            var processing = receiver == null ? TimeRange.ZERO : receiver.processing();
            boolean cuts =
                    receiver != null && receiver.cutThrough() && port.link().isCable();
            line(
                    out,
                    link(port.from(), port.to()),
                    sender == null ? PortsBeside.STATION_QUEUES : sender.queues(),
                    inNanos(port.link().rate()),
                    Nanos.in(processing.most()),
                    Nanos.in(port.link().propagation().most()),
                    Nanos.in(processing.least()),
                    Nanos.in(port.link().propagation().least()),
                    (cuts ? io.millwright.network.port.Port.HEAD_OCTETS : "")
                            + cells(sender == null ? new NetworkModel.Unshaped() : sender.shaper()),
                    text(port.link().late()));
        }
    }

    private void bounds(Appendable out) throws IOException {
        out.append("stream,listener,delay\n");
        for (var bound : beside.sporadic()) {
            line(out, bound.stream().name(), bound.listener(), bound.delayNanos());
        }
    }

    private void waits(Appendable out) throws IOException {
        out.append("step,stream,listener,link,wait\n");
        for (var wait : beside.waits()) {
            line(out, wait.step(), wait.stream(), wait.listener(), link(wait.from(), wait.to()), inNanos(wait.time()));
        }
    }

    private static String link(String from, String to) {
        return "\"(" + from + ", " + to + ")\"";
    }

    /// The cells of [#SHAPER_COLUMNS].
    static String cells(NetworkModel.Shaper shaper) {
        return switch (shaper) {
            case NetworkModel.Credit(var slope) -> "," + inNanos(slope) + ",";
            case NetworkModel.Asynchronous() -> ",,1";
            case NetworkModel.Unshaped() -> ",,";
        };
    }

    /// In bits for each nanosecond.
    private static String inNanos(Rate rate) {
        return text(decimal((Rational) rate.bitsPerSecond()).movePointLeft(NANO_DIGITS));
    }

    /// In nanoseconds, with a fraction.
    private static String inNanos(Time time) {
        return text(decimal((Rational) time.seconds()).movePointRight(NANO_DIGITS));
    }

    private static String text(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal decimal(Rational exact) {
        return new BigDecimal(exact.numerator()).divide(new BigDecimal(exact.denominator()));
    }

    private static void line(Appendable out, Object... cells) throws IOException {
        var separator = "";
        for (var cell : cells) {
            out.append(separator).append(cell.toString());
            separator = ",";
        }
        out.append('\n');
    }
}
