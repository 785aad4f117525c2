package io.millwright.node.st.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.Capabilities;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.ExitedEventArguments;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.OutputEventArguments;
import org.eclipse.lsp4j.debug.Scope;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepOutArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.TerminatedEventArguments;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.launch.DSPLauncher;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;

/// An editor that debugs: it speaks with `mw st debug` byte for byte, with a process or over a connection.
final class Editor implements IDebugProtocolClient, AutoCloseable {
    private final CompletableFuture<Integer> status;
    private final IDebugProtocolServer server;
    private final CompletableFuture<Boolean> initialized = new CompletableFuture<>();
    private final CompletableFuture<Boolean> terminated = new CompletableFuture<>();
    private final CompletableFuture<Integer> exited = new CompletableFuture<>();
    private final BlockingQueue<StoppedEventArguments> stops = new LinkedBlockingQueue<>();
    private final StringBuffer written = new StringBuffer();
    private final Map<String, Object> launch = new HashMap<>();

    private Editor(CompletableFuture<Integer> status, InputStream in, OutputStream out, Path... files) {
        this.status = status;
        var launcher = DSPLauncher.createClientLauncher(this, in, out);
        var _ = launcher.startListening();
        server = launcher.getRemoteProxy();
        launch.put("files", Arrays.stream(files).map(Path::toString).toList());
        launch.put("cycle", "10ms");
        launch.put("scans", 3);
    }

    /// With a process of its own.
    static Editor process(Path... files) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.millwright.node.Mw",
                        "st",
                        "debug")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CompletableFuture<Integer> status = process.onExit().thenApply(Process::exitValue);
        return new Editor(status, process.getInputStream(), process.getOutputStream(), files);
    }

    /// Within this process, over a connection, which is quicker.
    static Editor connected(Path... files) throws IOException {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket editor = new Socket(door.getInetAddress(), door.getLocalPort());
            Socket server = door.accept();
            InputStream in = server.getInputStream();
            OutputStream out = server.getOutputStream();
            CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                    () -> DebugServer.serve(in, out),
                    r -> Thread.ofPlatform().daemon().start(r));
            return new Editor(status, editor.getInputStream(), editor.getOutputStream(), files);
        }
    }

    static <T> T answer(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    IDebugProtocolServer server() {
        return server;
    }

    Editor with(String name, Object value) {
        launch.put(name, value);
        return this;
    }

    Capabilities initialize() throws Exception {
        return answer(server.initialize(new InitializeRequestArguments()));
    }

    /// Launches up to where breakpoints can be set.
    Editor launched() throws Exception {
        initialize();
        answer(server.launch(launch));
        answer(initialized);
        return this;
    }

    /// What is wrong with a launch or another question.
    static String refused(CompletableFuture<?> future) throws Exception {
        try {
            answer(future);
        } catch (ExecutionException e) {
            return e.getCause().getMessage();
        }
        throw new AssertionError("it was answered");
    }

    Map<String, Object> arguments() {
        return launch;
    }

    Breakpoint[] breakAt(Path file, SourceBreakpoint... breakpoints) throws Exception {
        var arguments = new SetBreakpointsArguments();
        var source = new Source();
        source.setPath(file.toString());
        arguments.setSource(source);
        arguments.setBreakpoints(breakpoints);
        return answer(server.setBreakpoints(arguments)).getBreakpoints();
    }

    static SourceBreakpoint at(int line) {
        return at(line, _ -> {});
    }

    static SourceBreakpoint at(int line, Consumer<SourceBreakpoint> more) {
        var breakpoint = new SourceBreakpoint();
        breakpoint.setLine(line);
        more.accept(breakpoint);
        return breakpoint;
    }

    void stopAtTraps(String... filters) throws Exception {
        var arguments = new SetExceptionBreakpointsArguments();
        arguments.setFilters(filters);
        answer(server.setExceptionBreakpoints(arguments));
    }

    void run() throws Exception {
        answer(server.configurationDone(new ConfigurationDoneArguments()));
    }

    StoppedEventArguments stopped() throws Exception {
        StoppedEventArguments event = stops.poll(60, TimeUnit.SECONDS);
        assertNotNull(event, "it stands still; written: " + written);
        return event;
    }

    /// It stands still for a reason, at a line.
    void stopsAt(int line, String reason) throws Exception {
        assertEquals(reason, stopped().getReason());
        assertEquals(line, frames()[0].getLine());
    }

    void goOn() throws Exception {
        answer(server.continue_(new ContinueArguments()));
    }

    void over() throws Exception {
        answer(server.next(new NextArguments()));
    }

    void in() throws Exception {
        answer(server.stepIn(new StepInArguments()));
    }

    void out() throws Exception {
        answer(server.stepOut(new StepOutArguments()));
    }

    StackFrame[] frames() throws Exception {
        var arguments = new StackTraceArguments();
        arguments.setThreadId(1);
        return answer(server.stackTrace(arguments)).getStackFrames();
    }

    /// The variables of a scope of a frame.
    Map<String, Variable> scope(String name, int frame) throws Exception {
        var arguments = new ScopesArguments();
        arguments.setFrameId(frames()[frame].getId());
        for (Scope scope : answer(server.scopes(arguments)).getScopes()) {
            if (scope.getName().equals(name)) {
                return parts(scope.getVariablesReference());
            }
        }
        throw new AssertionError("there is no scope " + name);
    }

    Map<String, Variable> parts(int reference) throws Exception {
        return parts(reference, 0, 0);
    }

    Map<String, Variable> parts(int reference, int start, int count) throws Exception {
        var arguments = new VariablesArguments();
        arguments.setVariablesReference(reference);
        if (count > 0) {
            arguments.setStart(start);
            arguments.setCount(count);
        }
        Map<String, Variable> found = new LinkedHashMap<>();
        for (Variable variable : answer(server.variables(arguments)).getVariables()) {
            found.put(variable.getName(), variable);
        }
        return found;
    }

    EvaluateArguments question(String expression, String context) throws Exception {
        var arguments = new EvaluateArguments();
        arguments.setExpression(expression);
        arguments.setContext(context);
        arguments.setFrameId(frames()[0].getId());
        return arguments;
    }

    EvaluateResponse ask(String expression, String context) throws Exception {
        return answer(server.evaluate(question(expression, context)));
    }

    String value(String expression) throws Exception {
        return ask(expression, "watch").getResult();
    }

    String written() {
        return written.toString();
    }

    int ends() throws Exception {
        int status = answer(exited);
        answer(terminated);
        return status;
    }

    List<StoppedEventArguments> furtherStops() {
        return List.copyOf(stops);
    }

    @Override
    public void close() {
        server.disconnect(new DisconnectArguments())
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertEquals(0, status.orTimeout(60, TimeUnit.SECONDS).join());
    }

    @Override
    public void initialized() {
        initialized.complete(true);
    }

    @Override
    public void stopped(StoppedEventArguments arguments) {
        stops.add(arguments);
    }

    @Override
    public void output(OutputEventArguments arguments) {
        boolean begins = written.isEmpty() || written.charAt(written.length() - 1) == '\n';
        written.append(begins ? arguments.getCategory() + "> " : "").append(arguments.getOutput());
    }

    @Override
    public void exited(ExitedEventArguments arguments) {
        exited.complete(arguments.getExitCode());
    }

    @Override
    public void terminated(TerminatedEventArguments arguments) {
        terminated.complete(true);
    }
}
