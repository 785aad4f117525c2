package io.millwright.identity.server;

import io.millwright.identity.door.WebAnswer;
import io.millwright.identity.door.WebDoor;
import io.millwright.identity.door.WebRequest;
import java.util.Optional;
import java.util.function.Supplier;

/// A door that is made when the first request comes: a node that nobody asks this way does not start later for it.
final class LateDoor implements WebDoor {

    private final Supplier<WebDoor> making;
    private volatile Optional<WebDoor> made = Optional.empty();

    LateDoor(Supplier<WebDoor> making) {
        this.making = making;
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        return made.orElseGet(this::make).answer(request);
    }

    private synchronized WebDoor make() {
        if (made.isEmpty()) {
            made = Optional.of(making.get());
        }
        return made.get();
    }
}
