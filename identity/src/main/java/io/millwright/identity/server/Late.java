package io.millwright.identity.server;

import java.util.Optional;
import java.util.function.Supplier;

/// What is made when it is asked for first, and once.
final class Late<T> implements Supplier<T> {

    private final Supplier<T> making;
    private volatile Optional<T> made = Optional.empty();

    Late(Supplier<T> making) {
        this.making = making;
    }

    @Override
    public T get() {
        return made.orElseGet(this::make);
    }

    private synchronized T make() {
        if (made.isEmpty()) {
            made = Optional.of(making.get());
        }
        return made.get();
    }
}
