package io.millwright.node.api;

import static io.millwright.node.api.Route.Parameter.path;
import static io.millwright.node.api.Route.Parameter.query;
import static io.millwright.node.api.Route.get;

import io.helidon.http.Method;
import io.millwright.node.plc.ControlDesk;
import io.millwright.node.plc.ControlDesk.InstanceView;
import io.millwright.node.plc.ControlDesk.SourceView;
import io.millwright.node.plc.ControlDesk.VariableView;
import io.millwright.node.plc.record.MomentView;
import io.millwright.node.plc.record.ReplayDesk;
import io.millwright.node.plc.record.TraceDesk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The operations of the API on recordings and traces of the virtual PLC of a node.
final class RecordRoutes {
    private static final String EXAMPLE_ID = "0b9e6a0e-6d5c-4b6e-9a51-6d1f6c1f8a11";
    private static final int TREND_SIDE_MOST = 10_000;

    private final ReplayDesk replays;
    private final TraceDesk traces;

    RecordRoutes(ControlDesk desk) {
        this.replays = desk.replays();
        this.traces = desk.traces();
    }

    List<Route> all() {
        return Stream.of(replays(), programs(), traces()).flatMap(List::stream).toList();
    }

    private List<Route> replays() {
        return List.of(
                get(
                        "/plc/recordings",
                        "What is recorded of the PLC: its runs, from when to when.",
                        List.of(),
                        ReplayDesk.RecordingView.class,
                        _ -> replays.recordings()),
                with(
                        Method.POST,
                        "/plc/replays",
                        "Opens a replay of a run, and tells what happened in it. It closes by itself when nobody asks.",
                        List.of(),
                        ReplayDesk.OpenRequest.class,
                        ReplayDesk.SessionView.class,
                        call -> replays.open(call.body(ReplayDesk.OpenRequest.class))),
                with(
                        Method.PUT,
                        "/plc/replays/{id}",
                        "Goes to another moment of a replay, and tells variables there.",
                        List.of(id("replay")),
                        ReplayDesk.MoveRequest.class,
                        MomentView.class,
                        call -> replays.move(call.path("id"), call.body(ReplayDesk.MoveRequest.class))),
                end(
                        "/plc/replays/{id}",
                        "Closes a replay.",
                        id("replay"),
                        ReplayDesk.ClosedView.class,
                        call -> replays.end(call.path("id"))));
    }

    private List<Route> programs() {
        return List.of(
                get(
                                "/plc/replays/{id}/sources",
                                "The texts of the program that ran then.",
                                List.of(id("replay")),
                                SourceView.class,
                                call -> replays.sources(call.path("id")))
                        .ofMany(),
                get(
                                "/plc/replays/{id}/instances",
                                "The instances of the program that ran then.",
                                List.of(id("replay")),
                                InstanceView.class,
                                call -> replays.instances(call.path("id")))
                        .ofMany(),
                get(
                                "/plc/replays/{id}/variables",
                                "The variables of the program that ran then with their values, at most 10000.",
                                List.of(id("replay"), query("under", "only those beneath this path", "levels")),
                                VariableView.class,
                                call -> replays.variables(
                                        call.path("id"), call.query("under").orElse("")))
                        .ofMany(),
                get(
                        "/plc/replays/{id}/trend",
                        "The course of some variables around the moment of a replay, at most 2000 points.",
                        List.of(
                                id("replay"),
                                new Route.Parameter(
                                        "path", Route.Place.QUERY, true, true, "which variables", "levels.Level1"),
                                query("before", "how many scans before the moment, 500 if absent", "500"),
                                query("after", "how many scans after it, 500 if absent", "500")),
                        ReplayDesk.TrendView.class,
                        call -> replays.trend(
                                call.path("id"),
                                call.all("path"),
                                call.number("before", 500, 0, TREND_SIDE_MOST - 1),
                                call.number("after", 500, 0, TREND_SIDE_MOST))));
    }

    private List<Route> traces() {
        return List.of(
                with(
                        Method.POST,
                        "/plc/traces",
                        "Begins to take variables after every scan of a task, with a trigger.",
                        List.of(),
                        TraceDesk.TraceRequest.class,
                        TraceDesk.TakenView.class,
                        call -> traces.begin(call.body(TraceDesk.TraceRequest.class))),
                get(
                        "/plc/traces/{id}",
                        "How far a trace is, and what was traced.",
                        List.of(id("trace")),
                        TraceDesk.TakenView.class,
                        call -> traces.view(call.path("id"))),
                end(
                        "/plc/traces/{id}",
                        "Gives a trace up.",
                        id("trace"),
                        TraceDesk.TakenView.class,
                        call -> traces.end(call.path("id"))));
    }

    private static Route.Parameter id(String what) {
        return path("id", "the id of the " + what, EXAMPLE_ID);
    }

    private static Route with(
            Method method,
            String path,
            String summary,
            List<Route.Parameter> parameters,
            Class<?> body,
            Class<?> answer,
            Route.Handler handler) {
        return new Route(method, path, summary, parameters, Optional.of(body), answer, false, handler);
    }

    private static Route end(String path, String summary, Route.Parameter id, Class<?> answer, Route.Handler handler) {
        return new Route(Method.DELETE, path, summary, List.of(id), Optional.empty(), answer, false, handler);
    }
}
