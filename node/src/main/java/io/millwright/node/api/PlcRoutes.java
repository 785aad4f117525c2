package io.millwright.node.api;

import static io.millwright.node.api.Route.Parameter.path;
import static io.millwright.node.api.Route.Parameter.query;
import static io.millwright.node.api.Route.get;

import io.helidon.http.Method;
import io.millwright.node.plc.ChangeDesk;
import io.millwright.node.plc.ChangeRequest;
import io.millwright.node.plc.ChangeView;
import io.millwright.node.plc.ControlDesk;
import io.millwright.node.plc.ControlDesk.ForceRequest;
import io.millwright.node.plc.ControlDesk.ForceView;
import io.millwright.node.plc.ControlDesk.InstanceView;
import io.millwright.node.plc.ControlDesk.ModeRequest;
import io.millwright.node.plc.ControlDesk.ModeView;
import io.millwright.node.plc.ControlDesk.ReleasedView;
import io.millwright.node.plc.ControlDesk.SourceView;
import io.millwright.node.plc.ControlDesk.StatusView;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.node.plc.ControlDesk.WriteRequest;
import io.millwright.node.plc.PredictiveView.CourseView;
import io.millwright.node.plc.TaskTiming;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The operations of the API on the virtual PLC of a node.
final class PlcRoutes {
    private static final String EXAMPLE_PATH = "levels.Level1";
    private static final Route.Parameter OWNER = query("owner", "who asks for it", "operator");
    private static final Route.Parameter REASON = query("reason", "why, for the audit", "test over");
    /// The texts of large projects, as JSON.
    private static final int CHANGE_BYTES_MAX = 32 << 20;

    private final ControlDesk desk;

    PlcRoutes(ControlDesk desk) {
        this.desk = desk;
    }

    List<Route> all() {
        return Stream.of(running(), changes(), program()).flatMap(List::stream).toList();
    }

    /// What it does, and what it is told to do.
    private List<Route> running() {
        return List.of(
                get(
                        "/plc",
                        "What the PLC is doing: mode, fault, tasks with their punctuality, inputs, outputs, forces.",
                        List.of(),
                        StatusView.class,
                        _ -> desk.status()),
                change(
                        "/plc/mode",
                        "Lets the PLC run, stop or pause.",
                        ModeRequest.class,
                        ModeView.class,
                        call -> desk.enter(call.body(ModeRequest.class))),
                get(
                                "/plc/variables",
                                "The variables of the program and their values, at most 10000.",
                                List.of(query("under", "only those beneath this path", "levels")),
                                VariableView.class,
                                call -> desk.variables(call.query("under").orElse("")))
                        .ofMany(),
                change(
                        "/plc/variables",
                        "Changes a variable once, between two scans.",
                        WriteRequest.class,
                        VariableView.class,
                        call -> desk.write(call.body(WriteRequest.class))),
                get(
                                "/plc/values",
                                "The values of some variables now.",
                                List.of(new Route.Parameter(
                                        "path", Route.Place.QUERY, true, true, "which variables", EXAMPLE_PATH)),
                                VariableView.class,
                                call -> desk.values(call.all("path")))
                        .ofMany(),
                get("/plc/forces", "What is forced, by whom and why.", List.of(), ForceView.class, _ -> desk.forces())
                        .ofMany(),
                change(
                        "/plc/forces",
                        "Forces a variable: it keeps the value whatever the program writes, until its time is over.",
                        ForceRequest.class,
                        ForceView.class,
                        call -> desk.force(call.body(ForceRequest.class))),
                new Route(
                        Method.DELETE,
                        "/plc/forces/{path}",
                        "Releases a forced variable.",
                        List.of(path("path", "the path of the variable", EXAMPLE_PATH), OWNER, REASON),
                        Optional.empty(),
                        ReleasedView.class,
                        false,
                        call -> desk.release(
                                call.path("path"),
                                call.query("owner").orElse(""),
                                call.query("reason").orElse(""))));
    }

    /// Changes of what it runs.
    private List<Route> changes() {
        return List.of(
                get(
                        "/plc/change",
                        "The last change of the program, and how far it is.",
                        List.of(),
                        ChangeView.class,
                        _ -> desk.changes().state()),
                change(
                        "/plc/change",
                        "Compares another program with the one that runs and lets it take its place between two scans;"
                                + " with compareOnly it is only proposed, with keep: false not even that."
                                + " The body has at most 32 MiB.",
                        ChangeRequest.class,
                        ChangeView.class,
                        call -> desk.decisions().change(call.body(ChangeRequest.class, CHANGE_BYTES_MAX))),
                change(
                        "/plc/change/approval",
                        "Lets the change that was proposed be made, with consent to what is named; does not wait.",
                        ChangeDesk.Approval.class,
                        ChangeView.class,
                        call -> desk.decisions().approve(call.body(ChangeDesk.Approval.class))),
                get(
                                "/plc/change/texts",
                                "The texts that the last change changes, before and after.",
                                List.of(),
                                ChangeView.TextView.class,
                                _ -> desk.changes().texts())
                        .ofMany(),
                get(
                                "/plc/change/kept",
                                "The variables that keep their values in the last change, at most 1000.",
                                List.of(),
                                ChangeView.KeptView.class,
                                _ -> desk.changes().kept())
                        .ofMany(),
                new Route(
                        Method.DELETE,
                        "/plc/change",
                        "Withdraws the change that is proposed or runs in shadow; lets the program before the last"
                                + " change run again.",
                        List.of(OWNER, REASON),
                        Optional.empty(),
                        ChangeView.class,
                        false,
                        call -> desk.decisions()
                                .takeBack(
                                        call.query("owner").orElse(""),
                                        call.query("reason").orElse(""))));
    }

    /// What it runs, and how punctually.
    private List<Route> program() {
        return List.of(
                get(
                                "/plc/sources",
                                "The texts of the program that runs.",
                                List.of(),
                                SourceView.class,
                                _ -> desk.sources())
                        .ofMany(),
                get(
                                "/plc/instances",
                                "The instances of programs and function blocks, and where their texts are.",
                                List.of(),
                                InstanceView.class,
                                _ -> desk.instances())
                        .ofMany(),
                get(
                        "/plc/tasks/{name}/timing",
                        "How late the scans of a task began, how long they took, how uneven they came: histograms.",
                        List.of(path("name", "the name of the task", "levels")),
                        TaskTiming.class,
                        call -> desk.timing(call.path("name"))),
                get(
                                "/plc/predictive",
                                "What predictive controllers saw, plan and expect, period by period.",
                                List.of(),
                                CourseView.class,
                                _ -> desk.predictive())
                        .ofMany());
    }

    /// A route that takes a body; what is wrong with it is told as a problem.
    private static Route change(String path, String summary, Class<?> body, Class<?> answer, Route.Handler handler) {
        return new Route(Method.PUT, path, summary, List.of(), Optional.of(body), answer, false, handler);
    }
}
