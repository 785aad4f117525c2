package io.millwright.node.api;

import io.helidon.http.Method;
import io.millwright.model.Network;
import io.millwright.model.plantfile.NetworkFile;
import io.millwright.network.failure.Recovery;
import io.millwright.node.net.DraftMistakes;
import io.millwright.node.net.FailureView;
import io.millwright.node.net.NetworkPlan;
import io.millwright.node.net.NetworkPlan.MessageView;
import io.millwright.node.net.NetworkPlanner;
import io.millwright.node.net.NetworkView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operations of the API on the network of a plant, and on drafts of others.
final class NetworkRoutes {

    private static final int USUAL_SECONDS = 3;
    private static final int MOST_SECONDS = 20;
    private static final MessageView BUSY = new MessageView("try again in some seconds", "busy", Map.of());

    private static final int USUAL_DETECT_MILLIS = 50;
    private static final int USUAL_LOAD_MILLIS = 100;
    private static final int MOST_MILLIS = 3_600_000;
    private static final Route.Parameter PLAN =
            Route.Parameter.path("plan", "the name under which an answer of POST /network/plan is kept", "1");

    private final Network network;
    private final NetworkPlanner planner = new NetworkPlanner();

    /// @param network of the plant
    NetworkRoutes(Network network) {
        this.network = network;
    }

    List<Route> all() {
        return List.of(
                Route.get(
                        "/network",
                        "The network of the plant file, in its notation.",
                        List.of(),
                        NetworkView.class,
                        _ -> NetworkView.of(network)),
                new Route(
                        Method.POST,
                        "/network/plan",
                        "Plans a network in the notation of the plant file: a schedule of gates that the checker has"
                                + " verified, or why there is none. Changes nothing. At most 1 MiB, one at a time.",
                        List.of(
                                Route.Parameter.query("seconds", "how long to search, 1 to 20; 3 if absent", "3"),
                                Route.Parameter.query(
                                        "by",
                                        "who asks, e.g. a random word: a search that the same asked for is stopped",
                                        "")),
                        Optional.of(NetworkView.class),
                        NetworkPlan.class,
                        false,
                        this::plan),
                Route.get(
                                "/network/plans/{plan}/failures",
                                "What may fail of a network that was planned, each alone: links, bridges, stations;"
                                        + " then twenty pairs of these, drawn by lot.",
                                List.of(PLAN),
                                FailureView.PartView.class,
                                call -> planner.kept()
                                        .failures(call.path("plan"))
                                        .orElseThrow(NetworkRoutes::gone))
                        .ofMany(),
                Route.get(
                        "/network/plans/{plan}/failures/{number}",
                        "What becomes of the streams when it fails: those that go on, those that are lost and the"
                                + " proof, and an alternative for the others that the checker has verified.",
                        List.of(
                                PLAN,
                                Route.Parameter.path("number", "of the failure in the list, from 0", "0"),
                                Route.Parameter.query(
                                        "detect", "milliseconds until a failure is known; 50 if absent", "50"),
                                Route.Parameter.query(
                                        "load", "and until devices hold the alternative; 100 if absent", "100")),
                        FailureView.class,
                        this::failure));
    }

    private FailureView failure(Call call) {
        var recovery = new Recovery(
                Duration.ofMillis(call.number("detect", USUAL_DETECT_MILLIS, 0, MOST_MILLIS)),
                Duration.ofMillis(call.number("load", USUAL_LOAD_MILLIS, 0, MOST_MILLIS)));
        try {
            return planner.kept()
                    .look(call.path("plan"), number(call.path("number")), recovery)
                    .orElseThrow(NetworkRoutes::gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "The node ends", "try again when it is back");
        }
    }

    private static Problem gone() {
        var why = "no such plan or failure is kept; the latest eight plans are: plan again";
        return new Problem(404, "There is no such thing", new MessageView(why, "plan-gone", Map.of()));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
    }

    private NetworkPlan plan(Call call) {
        var time = Duration.ofSeconds(call.number("seconds", USUAL_SECONDS, 1, MOST_SECONDS));
        try {
            return switch (planner.plan(
                    draft(call.text()), time, call.query("by").orElse(""))) {
                case NetworkPlanner.Planned(var plan) -> plan;
                case NetworkPlanner.Refused(var why) -> throw new Problem(400, "This network cannot be planned", why);
                case NetworkPlanner.Busy() -> throw new Problem(503, "Another network is being planned", BUSY);
                case NetworkPlanner.Stopped() ->
                    throw new Problem(409, "Another plan was asked for", "this one was stopped for the newer one");
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(503, "The node ends", "try again when it is back");
        }
    }

    private static Network draft(String text) {
        return switch (NetworkFile.read(text, "network")) {
            case NetworkFile.Right(var drawn) -> drawn;
            case NetworkFile.Wrong(var problems) ->
                throw new Problem(400, "The network has mistakes", DraftMistakes.of(problems));
        };
    }
}
