package io.millwright.identity.door;

import io.millwright.model.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All doors on the web behind one address: which is meant is told by the path. Reading is allowed to pages of any
/// origin (CORS, Fetch standard section 3.2), changing to none.
public final class WebDoors implements WebDoor {

    private static final Logger LOG = LoggerFactory.getLogger(WebDoors.class);
    private static final String READING = "GET, HEAD, OPTIONS";

    private final HandleRest handles;
    private final DidDoor dids;
    private final EnterpriseDoor enterprise;
    private final SecondLevelDoor secondLevel;
    private final DigitalLinkDoor links;

    /// @param node who is asked
    public WebDoors(Node node, DoorSettings settings) {
        this(node, settings, Time.system());
    }

    /// @param time says how long tokens and sessions are good
    public WebDoors(Node node, DoorSettings settings, Time time) {
        handles = HandleRest.of(node, time);
        dids = new DidDoor(node, settings);
        enterprise = new EnterpriseDoor(node, settings, time);
        secondLevel = new SecondLevelDoor(node, time, settings.tokenLife());
        links = new DigitalLinkDoor(node, settings);
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        try {
            var answer = answerOf(request);
            return answer.with("Access-Control-Allow-Origin", "*")
                    .with("Access-Control-Expose-Headers", "Link, Location");
        } catch (RuntimeException e) {
            LOG.error("A web request could not be answered", e);
            return WebAnswer.problem(500, "Internal Server Error", "the node failed to answer; its log says why");
        }
    }

    private WebAnswer answerOf(WebRequest request) {
        boolean readable = (request.path() + request.query()).chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!readable || !request.path().startsWith("/")) {
            return WebAnswer.problem(400, "Bad Request", "a target is a path, in ASCII, with escapes for all else");
        }
        return request.method().equals("OPTIONS")
                ? preflight()
                : doorFor(request.path()).answer(request);
    }

    private static WebAnswer preflight() {
        return WebAnswer.empty(204)
                .with("Allow", READING)
                .with("Access-Control-Allow-Methods", READING)
                .with("Access-Control-Allow-Headers", "Accept, Accept-Language")
                .with("Access-Control-Max-Age", "86400");
    }

    private WebDoor doorFor(String path) {
        if (EnterpriseDoor.takes(path)) {
            return enterprise;
        }
        if (SecondLevelDoor.takes(path)) {
            return secondLevel;
        }
        if (path.startsWith(HandleRest.PATH)) {
            return handles;
        }
        return DidDoor.takes(path) ? dids : links;
    }
}
