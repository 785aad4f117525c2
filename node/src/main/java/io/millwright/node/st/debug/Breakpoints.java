package io.millwright.node.st.debug;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.debug.BreakpointLocation;
import org.eclipse.lsp4j.debug.BreakpointLocationsArguments;
import org.eclipse.lsp4j.debug.BreakpointLocationsResponse;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsResponse;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.jspecify.annotations.Nullable;

/// The breakpoints of all files.
final class Breakpoints {
    private final Lines lines;
    private final Watches watches;
    private final Session session;
    private final Map<String, Map<Lines.Place, Breakpoint>> files = new HashMap<>();
    private int last;

    Breakpoints(Lines lines, Watches watches, Session session) {
        this.lines = lines;
        this.watches = watches;
        this.session = session;
    }

    /// Puts breakpoints in the place of all earlier ones of a file; each moves on to the next line on which
    /// something is done.
    SetBreakpointsResponse set(SetBreakpointsArguments arguments) {
        String file = file(arguments.getSource());
        Map<Lines.Place, Breakpoint> placed = new HashMap<>();
        List<org.eclipse.lsp4j.debug.Breakpoint> answers = new ArrayList<>();
        SourceBreakpoint[] asked = arguments.getBreakpoints();
        for (SourceBreakpoint one : asked == null ? new SourceBreakpoint[0] : asked) {
            answers.add(place(file, one, placed));
        }
        files.put(file, placed);
        Map<Lines.Place, Breakpoint> all = new HashMap<>();
        files.values().forEach(all::putAll);
        session.breakAt(all);
        var response = new SetBreakpointsResponse();
        response.setBreakpoints(answers.toArray(new org.eclipse.lsp4j.debug.Breakpoint[0]));
        return response;
    }

    private static String file(@Nullable Source source) {
        if (source == null || source.getPath() == null) {
            throw new IllegalArgumentException("a breakpoint is in a file");
        }
        return Launch.path(source.getPath()).toString();
    }

    private org.eclipse.lsp4j.debug.Breakpoint place(
            String file, SourceBreakpoint asked, Map<Lines.Place, Breakpoint> placed) {
        var answer = new org.eclipse.lsp4j.debug.Breakpoint();
        answer.setId(++last);
        answer.setLine(asked.getLine());
        Lines.Line line = lines.from(file, asked.getLine());
        if (line == null) {
            answer.setMessage("nothing is done here or below in this file");
            return answer;
        }
        answer.setLine(line.number());
        try {
            var breakpoint = new Breakpoint(last, asked);
            if (!breakpoint.condition().isEmpty()) {
                watches.checkCondition(line.routine(), breakpoint.condition());
            }
            placed.put(line.place(), breakpoint);
            answer.setVerified(true);
        } catch (IllegalArgumentException e) {
            answer.setMessage(e.getMessage());
        }
        return answer;
    }

    /// The lines that can have a breakpoint.
    BreakpointLocationsResponse locations(BreakpointLocationsArguments arguments) {
        Integer end = arguments.getEndLine();
        int last = end == null ? arguments.getLine() : end;
        var response = new BreakpointLocationsResponse();
        response.setBreakpoints(lines.between(file(arguments.getSource()), arguments.getLine(), last).keySet().stream()
                .map(Breakpoints::location)
                .toArray(BreakpointLocation[]::new));
        return response;
    }

    private static BreakpointLocation location(int line) {
        var location = new BreakpointLocation();
        location.setLine(line);
        return location;
    }
}
