package io.millwright.node.st.debug;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.debug.BreakpointLocationsArguments;
import org.eclipse.lsp4j.debug.BreakpointLocationsResponse;
import org.eclipse.lsp4j.debug.Capabilities;
import org.eclipse.lsp4j.debug.CapabilitiesEventArguments;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.ContinueResponse;
import org.eclipse.lsp4j.debug.DisconnectArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.EvaluateResponse;
import org.eclipse.lsp4j.debug.ExceptionBreakpointsFilter;
import org.eclipse.lsp4j.debug.ExceptionInfoArguments;
import org.eclipse.lsp4j.debug.ExceptionInfoResponse;
import org.eclipse.lsp4j.debug.ExitedEventArguments;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.OutputEventArguments;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.eclipse.lsp4j.debug.ReverseContinueArguments;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.ScopesResponse;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsResponse;
import org.eclipse.lsp4j.debug.SetExpressionArguments;
import org.eclipse.lsp4j.debug.SetExpressionResponse;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.SetVariableResponse;
import org.eclipse.lsp4j.debug.SourceArguments;
import org.eclipse.lsp4j.debug.SourceResponse;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StackTraceResponse;
import org.eclipse.lsp4j.debug.StepBackArguments;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepOutArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.TerminatedEventArguments;
import org.eclipse.lsp4j.debug.Thread;
import org.eclipse.lsp4j.debug.ThreadsResponse;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.VariablesResponse;
import org.eclipse.lsp4j.debug.launch.DSPLauncher;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.jspecify.annotations.Nullable;

/// A debug adapter of Structured Text for one editor: one program, one session.
public final class DebugServer implements IDebugProtocolServer, Session.Events {
    /// The one thread a program has.
    private static final int THREAD = 1;

    private static final Logger LOG = Logger.getLogger(DebugServer.class.getName());

    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private @Nullable IDebugProtocolClient client;
    private @Nullable Debuggee debuggee;
    private @Nullable Runnable afterAnswer;

    private DebugServer() {}

    /// Serves an editor until it says goodbye or hangs up.
    ///
    /// @return 0
    public static int serve(InputStream in, OutputStream out) {
        var server = new DebugServer();
        // Never awaited: one of its threads may wait for input that does not come any more.
        ExecutorService readers = Executors.newCachedThreadPool(
                java.lang.Thread.ofPlatform().daemon().factory());
        Launcher<IDebugProtocolClient> launcher =
                DSPLauncher.createServerLauncher(server, in, out, readers, server::watched);
        server.client = launcher.getRemoteProxy();
        Future<Void> listening = launcher.startListening();
        readers.execute(() -> server.endWith(listening));
        int status = server.ended.join();
        readers.shutdownNow();
        return status;
    }

    private void endWith(Future<Void> listening) {
        try {
            listening.get();
        } catch (ExecutionException e) {
            LOG.log(Level.FINE, "the editor hung up", e);
        } catch (InterruptedException e) {
            java.lang.Thread.currentThread().interrupt();
        }
        if (debuggee != null) {
            debuggee.session().end();
        }
        ended.complete(0);
    }

    /// What shall happen only after an answer is out: the program goes on when the editor knows that it does.
    private MessageConsumer watched(MessageConsumer consumer) {
        return message -> {
            consumer.consume(message);
            Runnable next = message instanceof ResponseMessage ? afterAnswer : null;
            if (next != null) {
                afterAnswer = null;
                next.run();
            }
        };
    }

    private Debuggee debuggee() {
        Debuggee known = debuggee;
        if (known == null) {
            throw failed("nothing was launched");
        }
        return known;
    }

    private static ResponseErrorException failed(String message) {
        return new ResponseErrorException(new ResponseError(ResponseErrorCode.RequestFailed, message, null));
    }

    /// An answer, or what is wrong with the question.
    private static <T> CompletableFuture<T> answer(Supplier<T> work) {
        try {
            return CompletableFuture.completedFuture(work.get());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(failed(String.valueOf(e.getMessage())));
        }
    }

    private CompletableFuture<Void> then(Runnable later) {
        afterAnswer = later;
        return CompletableFuture.allOf();
    }

    @Override
    public CompletableFuture<Capabilities> initialize(InitializeRequestArguments arguments) {
        var can = new Capabilities();
        can.setSupportsConfigurationDoneRequest(true);
        can.setSupportsConditionalBreakpoints(true);
        can.setSupportsHitConditionalBreakpoints(true);
        can.setSupportsLogPoints(true);
        can.setSupportsBreakpointLocationsRequest(true);
        can.setSupportsEvaluateForHovers(true);
        can.setSupportsSetVariable(true);
        can.setSupportsSetExpression(true);
        can.setSupportsDelayedStackTraceLoading(true);
        can.setSupportsValueFormattingOptions(true);
        can.setSupportsExceptionInfoRequest(true);
        can.setExceptionBreakpointFilters(new ExceptionBreakpointsFilter[] {
            filter("trap", "Traps", "Stop where the program does what it must not"),
            filter("assertion", "Assertions", "Stop at an assertion of a test that does not hold")
        });
        return CompletableFuture.completedFuture(can);
    }

    /// What was recorded can be gone through in both directions, and is as it was.
    private static CapabilitiesEventArguments backwards() {
        var can = new Capabilities();
        can.setSupportsStepBack(true);
        can.setSupportsSetVariable(false);
        can.setSupportsSetExpression(false);
        var event = new CapabilitiesEventArguments();
        event.setCapabilities(can);
        return event;
    }

    private static ExceptionBreakpointsFilter filter(String name, String label, String description) {
        var filter = new ExceptionBreakpointsFilter();
        filter.setFilter(name);
        filter.setLabel(label);
        filter.setDescription(description);
        filter.setDefault_(true);
        return filter;
    }

    @Override
    public CompletableFuture<Void> launch(Map<String, Object> arguments) {
        try {
            Launch launch = Launch.of(arguments);
            debuggee = launch.recorded().isEmpty()
                    ? Debuggee.of(launch, this)
                    : Debuggee.of(launch, launch.recorded().get(), this);
        } catch (IllegalArgumentException | IOException e) {
            return CompletableFuture.failedFuture(failed(String.valueOf(e.getMessage())));
        }
        boolean recorded = debuggee().session().course().isRecorded();
        return then(() -> {
            if (client != null) {
                if (recorded) {
                    client.capabilities(backwards());
                }
                client.initialized();
            }
        });
    }

    @Override
    public CompletableFuture<Void> configurationDone(ConfigurationDoneArguments arguments) {
        Session session = debuggee().session();
        return then(session::start);
    }

    @Override
    public CompletableFuture<Void> disconnect(DisconnectArguments arguments) {
        if (debuggee != null) {
            debuggee.session().end();
        }
        return then(() -> ended.complete(0));
    }

    @Override
    public CompletableFuture<SetBreakpointsResponse> setBreakpoints(SetBreakpointsArguments arguments) {
        return answer(() -> debuggee().breakpoints().set(arguments));
    }

    @Override
    public CompletableFuture<BreakpointLocationsResponse> breakpointLocations(BreakpointLocationsArguments arguments) {
        return answer(() -> debuggee().breakpoints().locations(arguments));
    }

    @Override
    public CompletableFuture<SetExceptionBreakpointsResponse> setExceptionBreakpoints(
            SetExceptionBreakpointsArguments arguments) {
        debuggee().session().stopAtTraps(Set.of(arguments.getFilters()));
        return CompletableFuture.completedFuture(new SetExceptionBreakpointsResponse());
    }

    @Override
    public CompletableFuture<ContinueResponse> continue_(ContinueArguments arguments) {
        afterAnswer = () -> debuggee().resume(_ -> new Step.Far());
        return CompletableFuture.completedFuture(new ContinueResponse());
    }

    @Override
    public CompletableFuture<Void> next(NextArguments arguments) {
        return then(() -> debuggee().resume(c -> new Step.Over(Step.From.of(c))));
    }

    @Override
    public CompletableFuture<Void> stepIn(StepInArguments arguments) {
        return then(() -> debuggee().resume(c -> new Step.In(Step.From.of(c))));
    }

    @Override
    public CompletableFuture<Void> stepOut(StepOutArguments arguments) {
        return then(() -> debuggee().resume(c -> new Step.Out(Step.From.of(c))));
    }

    @Override
    public CompletableFuture<Void> stepBack(StepBackArguments arguments) {
        return back(true);
    }

    @Override
    public CompletableFuture<Void> reverseContinue(ReverseContinueArguments arguments) {
        return back(false);
    }

    private CompletableFuture<Void> back(boolean toLine) {
        if (!debuggee().session().course().isRecorded()) {
            return CompletableFuture.failedFuture(failed("only what was recorded can be gone through backwards"));
        }
        return then(() -> debuggee().resume(c -> new Step.Back(Step.From.of(c), toLine)));
    }

    @Override
    public CompletableFuture<Void> pause(PauseArguments arguments) {
        Session session = debuggee().session();
        return then(session::pause);
    }

    @Override
    public CompletableFuture<ThreadsResponse> threads() {
        var thread = new Thread();
        thread.setId(THREAD);
        thread.setName("program");
        var response = new ThreadsResponse();
        response.setThreads(new Thread[] {thread});
        return CompletableFuture.completedFuture(response);
    }

    @Override
    public CompletableFuture<StackTraceResponse> stackTrace(StackTraceArguments arguments) {
        return answer(() -> debuggee().frames(arguments));
    }

    @Override
    public CompletableFuture<SourceResponse> source(SourceArguments arguments) {
        return answer(() -> Debuggee.library());
    }

    @Override
    public CompletableFuture<ScopesResponse> scopes(ScopesArguments arguments) {
        return answer(() -> debuggee().scopes(arguments.getFrameId()));
    }

    @Override
    public CompletableFuture<VariablesResponse> variables(VariablesArguments arguments) {
        return answer(() -> debuggee().variables(arguments));
    }

    @Override
    public CompletableFuture<SetVariableResponse> setVariable(SetVariableArguments arguments) {
        return answer(() -> debuggee().set(arguments));
    }

    @Override
    public CompletableFuture<SetExpressionResponse> setExpression(SetExpressionArguments arguments) {
        return answer(() -> debuggee().set(arguments));
    }

    @Override
    public CompletableFuture<EvaluateResponse> evaluate(EvaluateArguments arguments) {
        return answer(() -> debuggee().evaluate(arguments));
    }

    @Override
    public CompletableFuture<ExceptionInfoResponse> exceptionInfo(ExceptionInfoArguments arguments) {
        return answer(() -> debuggee().exception());
    }

    @Override
    public void stopped(String reason, String text, int breakpoint) {
        var event = new StoppedEventArguments();
        event.setReason(reason);
        event.setThreadId(THREAD);
        event.setAllThreadsStopped(true);
        if (!text.isEmpty()) {
            event.setText(text);
            event.setDescription(text);
        }
        if (breakpoint != 0) {
            event.setHitBreakpointIds(new Integer[] {breakpoint});
        }
        if (client != null) {
            client.stopped(event);
        }
    }

    @Override
    public void output(String category, String text) {
        var event = new OutputEventArguments();
        event.setCategory(category);
        event.setOutput(text);
        if (client != null) {
            client.output(event);
        }
    }

    @Override
    public void ended(int status) {
        var exited = new ExitedEventArguments();
        exited.setExitCode(status);
        if (client != null) {
            client.exited(exited);
            client.terminated(new TerminatedEventArguments());
        }
    }
}
