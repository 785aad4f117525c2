package io.millwright.node.api;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.PointDescription;
import io.millwright.connect.Protocol;
import io.millwright.model.Connection;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A protocol whose one device says what the test tells it to.
final class ScriptedProtocol implements Protocol {

    private @Nullable LinkContext context;
    final Map<String, Value> written = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public List<Problem> check(Connection connection) {
        return List.of();
    }

    @Override
    public Optional<String> checkPoint(String point) {
        return Optional.empty();
    }

    /// Delivers samples as the device would.
    CompletableFuture<Void> deliver(Sample... samples) {
        return java.util.Objects.requireNonNull(context).sink().append(List.of(samples));
    }

    @Override
    public Link open(Connection connection, LinkContext given) {
        context = given;
        return new ScriptedLink(written);
    }

    private record ScriptedLink(Map<String, Value> written) implements Link {

        @Override
        public void start(List<Signal> signals) {}

        @Override
        public LinkState state() {
            return new LinkState(LinkState.Phase.CONNECTED, 0);
        }

        @Override
        public Reading read(String point) throws LinkException {
            throw new LinkException(Told.problem("the scripted device is not read"));
        }

        @Override
        public Reading write(String point, Value value) throws LinkException {
            if (point.equals("broken")) {
                throw new LinkException(Told.problem("the device refuses (Modbus exception 4, server device failure)"));
            }
            written.put(point, value);
            return new Reading(value, Quality.GOOD, 1_000_000_000L);
        }

        @Override
        public void browse(String from, int depth, Duration patience, Consumer<PointDescription> each) {}

        @Override
        public void close() {}
    }
}
