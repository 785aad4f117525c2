package io.millwright.identity.server;

import io.millwright.identity.door.WebAnswer;
import io.millwright.identity.door.WebDoor;
import io.millwright.identity.door.WebRequest;
import java.util.function.Supplier;

/// A door that is made when the first request comes: a node that nobody asks this way does not start later for
/// it.
final class LateDoor implements WebDoor {

    private final Late<WebDoor> door;

    LateDoor(Supplier<WebDoor> making) {
        door = new Late<>(making);
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        return door.get().answer(request);
    }
}
