package io.millwright.node.api;

import static io.millwright.node.api.Route.Parameter.query;
import static io.millwright.node.api.Route.get;

import io.helidon.http.Method;
import io.millwright.node.tree.Journeys;
import io.millwright.node.tree.NodeTree;
import io.millwright.node.tree.RecordDesk;
import io.millwright.node.tree.RecordViews;
import io.millwright.node.tree.RefusedException;
import io.millwright.node.tree.TreeViews;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The operations of the API on identifiers, over the nodes of a tree.
final class IdentifierRoutes {

    private static final int USUAL_PAGE = 50;
    private static final int MOST_PAGE = 500;

    private final NodeTree tree;
    private final Journeys journeys;
    private final RecordDesk desk;

    IdentifierRoutes(NodeTree tree) {
        this.tree = tree;
        journeys = new Journeys(tree);
        desk = new RecordDesk(tree);
    }

    List<Route> all() {
        return List.of(
                get(
                        "/nodes",
                        "The nodes of identifiers that are known here, and how they do.",
                        List.of(),
                        TreeViews.TreeView.class,
                        _ -> tree.state()),
                post(
                        "/codes",
                        "What a text is: its system, its parts, what is wrong with it and where.",
                        TreeViews.TextView.class,
                        TreeViews.CodeView.class,
                        body -> journeys.read(given(body.text(), "text"))),
                post(
                        "/journeys",
                        "Resolves a text and tells every question on the way.",
                        TreeViews.AskedView.class,
                        TreeViews.JourneyView.class,
                        body -> {
                            given(body.text(), "text");
                            return journeys.resolve(body);
                        }),
                pageRoute(),
                post(
                        "/records/sign-in",
                        "Has the node that holds an administrator's key check the secret. Nothing is kept.",
                        RecordViews.CredentialsView.class,
                        RecordViews.KnownView.class,
                        body -> desk.signIn(checked(body))),
                post(
                        "/records/read",
                        "A record, with what the credentials permit to see.",
                        RecordViews.NamedView.class,
                        RecordViews.RecordView.class,
                        body -> {
                            given(body.handle(), "handle");
                            checkedOrNone(body.credentials());
                            return desk.read(body);
                        }),
                post(
                        "/records/preview",
                        "What a change would do. Nothing is changed.",
                        RecordViews.EditView.class,
                        RecordViews.PreviewView.class,
                        body -> desk.preview(checked(body))),
                post(
                        "/records/change",
                        "Creates, changes or deletes a record, if it is still what the change was made from.",
                        RecordViews.EditView.class,
                        RecordViews.ChangedView.class,
                        body -> desk.change(checked(body))));
    }

    private Route pageRoute() {
        return get(
                "/records",
                "Identifiers under a prefix, page by page.",
                List.of(
                        new Route.Parameter(
                                "prefix", Route.Place.QUERY, false, true, "the part before the slash", "88.118.7"),
                        query("contains", "only identifiers that contain this; letter case does not count", "tank"),
                        query("after", "the last identifier of the page before", "88.118.7/tank-1"),
                        query("max", "the most identifiers wanted, 1 to 500", "50")),
                RecordViews.PageView.class,
                call -> answered(() -> desk.page(
                        call.query("prefix").orElseThrow(() -> Problem.badRequest("say which: ?prefix=88.118.7")),
                        call.query("contains").orElse(""),
                        call.query("after").orElse(""),
                        call.number("max", USUAL_PAGE, 1, MOST_PAGE))));
    }

    private static <B> Route post(
            String path, String summary, Class<B> body, Class<?> answer, Function<B, Object> handler) {
        return new Route(
                Method.POST,
                path,
                summary,
                List.of(),
                Optional.of(body),
                answer,
                false,
                call -> answered(() -> handler.apply(call.body(body))));
    }

    private interface Answer {
        Object give();
    }

    private static Object answered(Answer answer) {
        try {
            return answer.give();
        } catch (RefusedException e) {
            throw problem(e);
        }
    }

    private static Problem problem(RefusedException e) {
        var detail = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case WRONG -> Problem.badRequest(detail);
            case MISSING -> Problem.notFound(detail);
            case FORBIDDEN -> new Problem(403, "The node does not permit it", detail);
            case CONFLICT -> new Problem(409, "The record has changed", detail);
            case UNANSWERED -> new Problem(502, "The node does not answer", detail);
            case BUSY -> new Problem(503, "Too much is asked at once", detail);
        };
    }

    /// A member that a body may lack although it must not.
    private static String given(@Nullable String member, String name) {
        if (member == null) {
            throw Problem.badRequest("`" + name + "` is missing");
        }
        return member;
    }

    private static RecordViews.CredentialsView checked(RecordViews.CredentialsView credentials) {
        given(credentials.administrator(), "administrator");
        given(credentials.secret(), "secret");
        return credentials;
    }

    private static void checkedOrNone(RecordViews.@Nullable CredentialsView credentials) {
        if (credentials != null) {
            checked(credentials);
        }
    }

    private static RecordViews.EditView checked(RecordViews.EditView edit) {
        given(edit.handle(), "handle");
        checkedOrNone(edit.credentials());
        return edit;
    }
}
