package io.millwright.certificate.ports;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.ports.Guarantee.Above;
import io.millwright.certificate.ports.Guarantee.Shaper;
import io.millwright.certificate.ports.Windows.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// How a port shares its link (IEEE 802.1Q-2022, 8.6.8; IEEE 802.3-2022, clause 99): what it guarantees to
/// one class, where those above are known.
///
/// *Without gates.* Let `w` be the last moment before `t` at which the port had nothing to send of the class
/// or one above, or began a frame of a lower class (or a piece of one, where it can be interrupted for the
/// class). Then nothing of these waits at `w` but what lacks credit. From `w` to `t` the port is never idle
/// and sends one lower frame at the most, so all else of `R (t − w)` is for the class and those above. Of a
/// class without shaper above, what is sent came after `w`. Of one with a shaper, the credit is not above
/// zero at `w`, not below `−debt` at `t`, and rises with its slope at the most: no more than `slope · (t − w)
/// + debt` is sent. What is left is a service curve, if the class has no shaper, as its queue is empty at
/// `w`. If it has, its credit has risen to `slope · (t − w)` less what was sent at the most, so the largest
/// excess of the slope over what is left bounds its credit; and since its credit was last zero and its queue
/// empty, what the slope earned has been sent but for the credit.
///
/// *With gates* nothing is assumed of how cycles are aligned, and frames above may have waited for their
/// gate. Let `s` be the last moment at which nothing of the class waited, or at which its credit was not
/// above zero. From then on, while its gate is open, the port sends the class or those above, but for a lower
/// frame under way at `s`; one under way when the gate opens, whose own gate was open before; and the end of
/// a window, in which the frame at the head may not fit. The credit stands still while the gate is closed, so
/// its bound is looked at in the time in which the gate is open.
final class Discipline {

    /// What an interruption costs: a checksum, a gap and a preamble.
    private static final Fraction CUT = Fraction.of(8 * (4 + 12 + 8));

    /// A frame is not interrupted before 60 octets of it have been sent, nor when less than 64 are left: 123
    /// and preamble and gap.
    private static final int LONGEST_PIECE = 60 + 63 + 8 + 12;

    private static final int STEP = 64;

    private final Given given;
    private final int place;
    private final Given.Port port;
    private final int own;
    private final List<Above> above;

    /// @param above the classes above that have flows at the port
    Discipline(Given given, int place, int own, List<Above> above) {
        this.given = given;
        this.place = place;
        this.port = given.ports.get(place);
        this.own = own;
        this.above = above;
    }

    Guarantee guarantee() throws Broken {
        covered();
        var reserved = port.slopes().get(own);
        if (port.gates().isEmpty()) {
            var left = Convex.of(port.rate()).without(sinceIdle()).without(blocking());
            return reserved == null ? new Guarantee(left, Optional.empty()) : shaped(left, reserved, always());
        }
        var windows = windows();
        if (reserved == null) {
            var left = usable(false).without(inAnySpan()).without(blocking());
            return new Guarantee(left, Optional.empty());
        }
        var left = usable(true).without(whileOpen(windows.least())).without(blocking());
        return shaped(left, reserved.times(windows.cycle()).over(windows.sum()), windows);
    }

    private Guarantee shaped(Convex left, Fraction slope, Windows windows) throws Broken {
        Broken.unless(slope.compareTo(port.rate()) <= 0, "the idle slope is above the rate of the link");
        var top = left.excess(Concave.of(Fraction.ZERO, slope));
        if (top.isEmpty()) {
            throw new Broken("less is left for class %d than its idle slope".formatted(own));
        }
        var debt = given.largest(place, own).times(Fraction.ONE.minus(slope.over(port.rate())));
        var shaper = new Shaper(slope, top.get(), debt, windows.most().times(slope));
        var service = windows.least().times(slope).without(Concave.of(top.get(), Fraction.ZERO));
        return new Guarantee(service, Optional.of(shaper));
    }

    private void covered() throws Broken {
        Broken.unless(own > 0 || !port.others().isPositive(), "there may be any amount of best effort in class 0");
        Broken.unless(
                port.cut().isEmpty() || port.gates().isEmpty(),
                "there is no rule for gates and preemption at one port");
        Broken.unless(
                !isCut(own) || !port.slopes().containsKey(own),
                "there is no rule for a shaper of a class that is preempted");
        for (int cut : port.cut().keySet()) {
            Broken.unless(
                    IntStream.range(0, cut).allMatch(c -> isCut(c) || !isThere(c)),
                    "there is no rule for classes that may be preempted above one that may not");
        }
    }

    private boolean isCut(int trafficClass) {
        return port.cut().containsKey(trafficClass);
    }

    private boolean isThere(int trafficClass) {
        return given.largest(place, trafficClass).isPositive();
    }

    /// The largest lower frame, or piece of one, that may be under way.
    private Concave blocking() {
        var largest = Fraction.ZERO;
        for (int lower = 0; lower < own; lower++) {
            if (port.areOpenTogether(lower, own)) {
                var frame = given.largest(place, lower);
                boolean inPieces = isCut(lower) && !isCut(own);
                largest = largest.most(inPieces ? frame.least(piece(port.cut().getOrDefault(lower, 0))) : frame);
            }
        }
        return Concave.of(largest, Fraction.ZERO);
    }

    private static Fraction piece(int fragment) {
        return Fraction.of(8L * (LONGEST_PIECE + STEP * fragment));
    }

    /// What those above send since the port was last idle for them; and what it costs that they interrupt the
    /// class or the lower frame, once for each of their frames.
    private Concave sinceIdle() {
        var all = Concave.NOTHING;
        for (var a : above) {
            boolean interrupts = isCut(own) && !isCut(a.trafficClass());
            var cost = interrupts ? CUT.over(smallest(a.trafficClass())) : Fraction.ZERO;
            all = all.plus(a.sentSinceIdle().times(Fraction.ONE.plus(cost)));
        }
        return all;
    }

    private Fraction smallest(int trafficClass) {
        return given.at(place, trafficClass).stream()
                .map(f -> given.flow(f).smallest())
                .reduce(Fraction::least)
                .orElseThrow();
    }

    private List<Above> openTogether() {
        return above.stream()
                .filter(a -> port.areOpenTogether(a.trafficClass(), own))
                .toList();
    }

    private Concave inAnySpan() {
        return openTogether().stream().map(Above::sent).reduce(Concave.NOTHING, Concave::plus);
    }

    /// What those above send in time in which the gate of the class is open: within the longest span that has
    /// no more of it, and if they have a shaper and the same gate, by that.
    ///
    /// @param open the time for which the gate is open within any span at least
    private Concave whileOpen(Convex open) {
        var all = Concave.NOTHING;
        for (var a : openTogether()) {
            var lines = new ArrayList<Line>();
            for (var sent : a.sent().lines()) {
                for (var span : open.lines()) {
                    var rate = sent.rate().over(span.rate());
                    lines.add(new Line(sent.base().minus(rate.times(span.base())), rate));
                }
            }
            boolean sameGate = port.entries().allMatch(e -> port.isOpen(e, a.trafficClass()) == port.isOpen(e, own));
            a.shaper()
                    .filter(_ -> sameGate)
                    .ifPresent(s -> lines.add(new Line(s.top().plus(s.debt()), s.slope())));
            all = all.plus(new Concave(lines));
        }
        return all;
    }

    private static Windows always() {
        return new Windows(List.of(new Window(Fraction.ZERO, Fraction.ONE)), Fraction.ONE);
    }

    /// When the gate of the class is open.
    private Windows windows() throws Broken {
        if (port.isAlwaysOpen(own)) {
            return always();
        }
        var open = new ArrayList<>(opened().values());
        Broken.unless(!open.isEmpty(), "the gate of class %d never opens".formatted(own));
        return new Windows(open, port.cycle());
    }

    /// The windows of the class, by the entry with which they begin.
    private Map<Integer, Window> opened() {
        var windows = new TreeMap<Integer, Window>();
        var begin = Fraction.ZERO;
        for (int i = 0; i < port.gates().size(); i++) {
            if (port.isOpen(i, own) && !port.isOpen(i - 1, own)) {
                var length = Fraction.ZERO;
                for (int e = i; port.isOpen(e, own); e++) {
                    length = length.plus(port.gates()
                            .get(Math.floorMod(e, port.gates().size()))
                            .length());
                }
                windows.put(i, new Window(begin, length));
            }
            begin = begin.plus(port.gates().get(i).length());
        }
        return windows;
    }

    /// What the class and those above can send: the windows of the class, without a lower frame under way
    /// when they begin, and without the end in which the largest frame of the class does not fit.
    ///
    /// @param whileOpen whether only the time counts in which the gate is open
    private Convex usable(boolean whileOpen) throws Broken {
        if (port.isAlwaysOpen(own)) {
            return Convex.of(port.rate());
        }
        var usable = new ArrayList<Window>();
        var open = Fraction.ZERO;
        for (var entry : opened().entrySet()) {
            int first = entry.getKey();
            var window = entry.getValue();
            var before = IntStream.range(0, own)
                    .filter(lower -> port.isOpen(first, lower) && port.isOpen(first - 1, lower))
                    .mapToObj(lower -> given.largest(place, lower))
                    .reduce(Fraction.ZERO, Fraction::most)
                    .over(port.rate());
            var rest = window.length()
                    .minus(before)
                    .minus(given.largest(place, own).over(port.rate()));
            if (rest.isPositive()) {
                usable.add(new Window((whileOpen ? open : window.begin()).plus(before), rest));
            }
            open = open.plus(window.length());
        }
        Broken.unless(
                !usable.isEmpty(),
                "the gate of class %d is never open long enough for its largest frame".formatted(own));
        return new Windows(usable, whileOpen ? open : port.cycle()).least().times(port.rate());
    }
}
