package io.millwright.node.st.debug;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.interpret.Call;
import io.millwright.iec61131.interpret.CallStack;
import io.millwright.iec61131.interpret.Slot;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.record.Held;
import io.millwright.plc.Project;
import io.millwright.plc.library.ControlLibrary;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.ExceptionBreakMode;
import org.eclipse.lsp4j.debug.ExceptionInfoResponse;
import org.eclipse.lsp4j.debug.ScopesResponse;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetExpressionResponse;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.SetVariableResponse;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.SourceResponse;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackFramePresentationHint;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StackTraceResponse;
import org.eclipse.lsp4j.debug.ValueFormat;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.VariablesResponse;
import org.jspecify.annotations.Nullable;

/// What is debugged, and the answers to questions about it while it stands still. Frames are numbered from 1,
/// the innermost call, anew at each stop.
///
/// @param titles of tests, by the names of their units
record Debuggee(
        Session session, Watches watches, Breakpoints breakpoints, Variables shown, Map<String, String> titles) {
    /// The number by which the editor asks for the text of the standard library.
    private static final int LIBRARY = 1;

    private static final int FRAMES_MAX = 1_000;

    /// A program that runs from its beginning.
    ///
    /// @throws IllegalArgumentException where there is nothing to run, or the texts have mistakes
    static Debuggee of(Launch launch, Session.Events events) throws IOException {
        Checked checked = compiled(launch);
        Program program = checked.program();
        if (program == null) {
            List<Diagnostic> errors =
                    checked.diagnostics().stream().filter(Diagnostic::isError).toList();
            errors.forEach(e -> events.output("stderr", e.span() + ": error " + e.code() + ": " + e.message() + "\n"));
            Diagnostic first = errors.getFirst();
            throw new IllegalArgumentException(first.span() + ": " + first.message()
                    + (errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : ""));
        }
        var watches = new Watches(List.of(checked), launch.dialect());
        var session = new Session(launch.debug(), launch.stopOnEntry(), watches, events);
        session.follow(new LiveCourse(launch, checked, program, session));
        Map<String, String> titles = new HashMap<>();
        checked.tests().forEach(t -> titles.put(t.instance(), t.title()));
        return of(session, watches, List.of(program), titles);
    }

    /// The program; with the control library where that is what it lacks, as `mw plc run` does.
    private static Checked compiled(Launch launch) throws IOException {
        List<io.millwright.iec61131.source.Source> own = launch.sources();
        Checked alone = Compiler.compile(own, launch.dialect());
        if (alone.program() != null) {
            return alone;
        }
        List<io.millwright.iec61131.source.Source> all = new ArrayList<>(own);
        all.addAll(new RecordedPrograms(own).placed(ControlLibrary.sources()));
        Checked together = Compiler.compile(all, launch.dialect());
        return together.program() != null || errors(together) < errors(alone) ? together : alone;
    }

    private static long errors(Checked checked) {
        return checked.diagnostics().stream().filter(Diagnostic::isError).count();
    }

    /// A recorded run that is done again.
    ///
    /// @throws IllegalArgumentException if it cannot be
    static Debuggee of(Launch launch, Launch.Recorded recorded, Session.Events events) throws IOException {
        try {
            Held held = Held.open(recorded.path());
            RecordedRun run = held.run(recorded.run(), recorded.to());
            var programs = new RecordedPrograms(launch.sources());
            List<Checked> all = new ArrayList<>();
            for (Project project : run.programs()) {
                all.add(programs.checked(project));
            }
            var watches = new Watches(all, launch.dialect());
            var session = new Session(launch.debug(), launch.stopOnEntry(), watches, events);
            session.follow(new RecordedCourse(
                    run, recorded.to(), session, o -> Replay.with(run, p -> programs.load(p, o))));
            programs.strangers()
                    .forEach(s -> events.output("console", s + ": what ran then; no file of yours is the same\n"));
            return of(session, watches, all.stream().map(Checked::program).toList(), Map.of());
        } catch (UsageError | RecordingError e) {
            throw new IllegalArgumentException("\"recording\": " + e.getMessage(), e);
        }
    }

    private static Debuggee of(Session session, Watches watches, List<Program> programs, Map<String, String> titles) {
        return new Debuggee(
                session,
                watches,
                new Breakpoints(new Lines(programs), watches, session),
                new Variables(session),
                titles);
    }

    void resume(Function<CallStack, Step> how) {
        session.resume(c -> {
            shown.forget();
            return how.apply(c);
        });
    }

    StackTraceResponse frames(StackTraceArguments arguments) {
        int first = arguments.getStartFrame() == null ? 0 : Math.max(0, arguments.getStartFrame());
        Integer levels = arguments.getLevels();
        int count = levels == null || levels <= 0 ? FRAMES_MAX : Math.min(levels, FRAMES_MAX);
        return session.look(calls -> {
            List<StackFrame> frames = new ArrayList<>();
            for (Call call : calls.calls(first, count)) {
                frames.add(frame(first + frames.size() + 1, call));
            }
            var response = new StackTraceResponse();
            response.setStackFrames(frames.toArray(new StackFrame[0]));
            response.setTotalFrames(calls.depth());
            return response;
        });
    }

    private StackFrame frame(int number, Call call) {
        Span at = call.at();
        var frame = new StackFrame();
        frame.setId(number);
        frame.setName(name(call.routine().signature().qualifiedName()));
        frame.setLine(at.line());
        frame.setColumn(at.column());
        var source = new Source();
        if (at.source() == StandardLibrary.tree().source()) {
            source.setName(at.source().name());
            source.setSourceReference(LIBRARY);
            frame.setPresentationHint(StackFramePresentationHint.SUBTLE);
        } else {
            source.setName(String.valueOf(Path.of(at.source().name()).getFileName()));
            source.setPath(at.source().name());
        }
        frame.setSource(source);
        return frame;
    }

    /// What people call a routine: a test by its title.
    private String name(String routine) {
        int dot = routine.indexOf('.');
        String title = titles.get(dot < 0 ? routine : routine.substring(0, dot));
        return title == null ? routine : dot < 0 ? "TEST '" + title + "'" : "SETUP";
    }

    static SourceResponse library() {
        var response = new SourceResponse();
        response.setContent(StandardLibrary.tree().source().text());
        return response;
    }

    ScopesResponse scopes(int frame) {
        return session.look(calls -> {
            var response = new ScopesResponse();
            response.setScopes(shown.scopes(calls, call(calls, frame), frame));
            return response;
        });
    }

    private static Call call(CallStack calls, int frame) {
        return calls.calls(frame - 1, 1).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the program has gone on since"));
    }

    private static Shown format(@Nullable ValueFormat format) {
        return new Shown(format != null && Boolean.TRUE.equals(format.getHex()));
    }

    VariablesResponse variables(VariablesArguments arguments) {
        Integer start = arguments.getStart();
        Integer count = arguments.getCount();
        return session.look(_ -> {
            var response = new VariablesResponse();
            response.setVariables(shown.of(
                    arguments.getVariablesReference(),
                    start == null ? 0 : Math.max(0, start),
                    count == null ? 0 : count,
                    format(arguments.getFormat())));
            return response;
        });
    }

    private void refuseToChangeThePast() {
        if (session.course().isRecorded()) {
            throw new IllegalArgumentException("this was recorded: it cannot be changed any more");
        }
    }

    SetVariableResponse set(SetVariableArguments arguments) {
        refuseToChangeThePast();
        return session.look(calls -> {
            int frame = Math.max(1, shown.frame(arguments.getVariablesReference()));
            Slot slot = shown.find(arguments.getVariablesReference(), arguments.getName());
            Slot given = watches.value(call(calls, frame), arguments.getValue(), slot.type());
            slot.store(given);
            var response = new SetVariableResponse();
            response.setValue(format(arguments.getFormat()).text(slot));
            response.setType(slot.type().name());
            return response;
        });
    }

    SetExpressionResponse set(SetExpressionArguments arguments) {
        refuseToChangeThePast();
        return session.look(calls -> {
            Call call = call(calls, frame(arguments.getFrameId()));
            watches.perform(call, arguments.getExpression() + " := " + arguments.getValue());
            Slot slot = watches.value(call, arguments.getExpression());
            var response = new SetExpressionResponse();
            response.setValue(format(arguments.getFormat()).text(slot));
            response.setType(slot.type().name());
            return response;
        });
    }

    private static int frame(@Nullable Integer asked) {
        return asked == null ? 1 : asked;
    }

    EvaluateResponse evaluate(EvaluateArguments arguments) {
        return session.look(calls -> {
            int frame = frame(arguments.getFrameId());
            Call call = call(calls, frame);
            String text = arguments.getExpression();
            var response = new EvaluateResponse();
            if ("repl".equals(arguments.getContext()) && !watches.isExpression(call, text)) {
                refuseToChangeThePast();
                watches.perform(call, text);
                response.setResult("");
                return response;
            }
            Slot slot = watches.value(call, text);
            Variables.Opened opened = shown.opened(frame, slot, text);
            response.setResult(format(arguments.getFormat()).text(slot));
            response.setType(slot.type().name());
            response.setVariablesReference(opened.number());
            response.setIndexedVariables(opened.indexed());
            response.setNamedVariables(opened.named());
            return response;
        });
    }

    ExceptionInfoResponse exception() {
        Trap trap = session.trap();
        if (trap == null) {
            throw new IllegalArgumentException("there is no trap");
        }
        var response = new ExceptionInfoResponse();
        response.setExceptionId(trap.kind().text());
        response.setDescription(Watches.told(trap));
        response.setBreakMode(ExceptionBreakMode.UNHANDLED);
        return response;
    }
}
