package io.millwright.certificate.ports;

import io.millwright.certificate.Broken;
import io.millwright.certificate.Fields;
import io.millwright.certificate.Fraction;
import io.millwright.certificate.Malformed;
import io.millwright.certificate.Trace;
import io.millwright.certificate.Verdict;
import io.millwright.certificate.Violation;
import io.millwright.certificate.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks bounds of delays at the ports of bridges.
///
/// A trace is text. First what is given, ports and flows counted from 0: `gap BITS`, `port RATE LEAST MOST
/// OTHERS NAME`, `slope PORT CLASS RATE`, `gate PORT TIME CLASSES` (entry after entry), `asynchronous PORT
/// CLASSES`, `preemptable PORT CLASSES FRAGMENT`, `flow CLASS SMALLEST LARGEST RATE BURST WAY NAME`. Then
/// what is claimed, each from claims before it:
///
/// - `delayed CLASS PORT:FLOW=DELAY,FLOW=DELAY…`: how long flows are in their queues; those of a cycle
///   together.
/// - `delay fifo.tfa FLOW DELAY`: the bound of a flow over its whole way.
/// - `backlog CLASS PORT BITS`: how much is in a queue at once, in whole frames.
///
/// What is claimed may be more than what comes out, not less.
public final class PortsChecker {

    /// With what a trace of bounds of ports begins.
    public static final String KIND = "millwright-ports";

    private static final String FIRST = KIND + " 1";

    private final Given given = new Given();
    private final Queues queues = new Queues(given);
    private final List<PortFigures.Delay> delays = new ArrayList<>();
    private final List<PortFigures.Backlog> backlogs = new ArrayList<>();
    private final Violations violations = new Violations();
    private boolean claiming;

    private PortsChecker() {}

    /// Checks a trace. Does not fail, whatever it holds.
    public static Verdict<PortFigures> check(String trace) {
        return new PortsChecker().replay(trace);
    }

    private Verdict<PortFigures> replay(String trace) {
        var refused = Trace.read(trace, "bounds of ports", FIRST, this::line);
        if (refused.isPresent()) {
            return new Verdict.Refused<>(refused.get());
        }
        if (delays.isEmpty() && violations.isEmpty()) {
            return new Verdict.Refused<>("no delay is claimed");
        }
        return violations.isEmpty()
                ? new Verdict.Verified<>(
                        new PortFigures(given.ports.size(), given.flows.size(), queues.count(), delays, backlogs))
                : violations.refuted(true);
    }

    private void line(String line, int number) throws Malformed {
        if (!claiming && given.read(line)) {
            return;
        }
        claiming = true;
        var fields = line.split(" ", -1);
        try {
            switch (fields[0]) {
                case "delayed" -> delayed(Given.fields(line, 3));
                case "delay" -> delay(Given.fields(line, 4));
                case "backlog" -> backlog(Given.fields(line, 4));
                default -> throw new Malformed("not given, and no claim: " + Malformed.shown(fields[0]));
            }
        } catch (Broken e) {
            violations.add(() ->
                    new Violation(fields[0], Map.of("line", Integer.toString(number)), String.valueOf(e.getMessage())));
        }
    }

    private void delayed(String[] fields) throws Malformed, Broken {
        var said = new LinkedHashMap<Integer, Map<Integer, Fraction>>();
        for (var field : fields[2].split(" ", -1)) {
            var parts = field.split(":", -1);
            int port = parts.length == 2 ? Fields.number(parts[0]) : given.ports.size();
            if (port >= given.ports.size() || said.put(port, byFlow(parts[1])) != null) {
                throw new Malformed("delays at a port that is there, said once, are like 4:0=7/2,3=5, not "
                        + Malformed.shown(field));
            }
        }
        queues.prove(Given.trafficClass(fields[1]), said);
    }

    private static Map<Integer, Fraction> byFlow(String text) throws Malformed {
        var delays = new LinkedHashMap<Integer, Fraction>();
        for (var field : text.split(",", -1)) {
            var parts = field.split("=", -1);
            if (parts.length != 2 || delays.put(Fields.number(parts[0]), Fraction.read(parts[1])) != null) {
                throw new Malformed("the delay of a flow, said once, is like 3=7/2, not " + Malformed.shown(field));
            }
        }
        return delays;
    }

    private void delay(String[] fields) throws Malformed, Broken {
        int flow = Fields.number(fields[2]);
        if (flow >= given.flows.size()) {
            throw new Malformed("there is no flow " + flow);
        }
        if (!fields[1].equals("fifo.tfa")) {
            throw new Malformed("no method " + Malformed.shown(fields[1]));
        }
        var claimed = Fraction.read(fields[3]);
        var found = queues.total(flow);
        Broken.unless(found.compareTo(claimed) <= 0, "the delay is %s, not %s".formatted(found, claimed));
        delays.add(new PortFigures.Delay(given.flow(flow).name(), fields[1], claimed.toString()));
    }

    private void backlog(String[] fields) throws Malformed, Broken {
        int trafficClass = Given.trafficClass(fields[1]);
        int port = Fields.number(fields[2]);
        if (port >= given.ports.size()) {
            throw new Malformed("there is no port " + port);
        }
        var claimed = Fraction.read(fields[3]);
        var found = queues.backlog(port, trafficClass);
        Broken.unless(found.compareTo(claimed) <= 0, "the backlog is %s, not %s".formatted(found, claimed));
        backlogs.add(new PortFigures.Backlog(given.ports.get(port).name(), trafficClass, claimed.toString()));
    }
}
