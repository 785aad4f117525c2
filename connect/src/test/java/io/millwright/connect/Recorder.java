package io.millwright.connect;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Keeps what a link delivers and says.
public final class Recorder implements SampleSink {

    private final List<Sample> samples = new ArrayList<>();
    private final List<LinkState> states = new ArrayList<>();

    /// A context whose samples and states end here.
    public LinkContext context(Path securityFolder) {
        return new LinkContext(Time.system(), this, this::state, securityFolder);
    }

    @Override
    public synchronized CompletableFuture<Void> append(List<Sample> batch) {
        samples.addAll(batch);
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void state(LinkState state) {
        states.add(state);
    }

    /// The samples of one signal so far.
    public synchronized List<Sample> of(String signal) {
        SignalName name = SignalName.parse(signal);
        return samples.stream().filter(s -> s.signal().equals(name)).toList();
    }

    public synchronized Optional<Sample> last(String signal) {
        List<Sample> all = of(signal);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    public synchronized List<LinkState> states() {
        return List.copyOf(states);
    }

    /// Forgets everything so far.
    public synchronized void clear() {
        samples.clear();
        states.clear();
    }

    /// Waits until the last sample of a signal is good and has this value.
    public void awaitValue(String signal, Value value) {
        Await.until(
                () -> signal + " is " + value + ", but " + last(signal),
                () -> last(signal)
                        .filter(s -> s.quality().isGood() && s.value().equals(value))
                        .isPresent());
    }

    /// Waits until the last sample of a signal has this quality.
    public void awaitQuality(String signal, Quality quality) {
        Await.until(
                () -> signal + " is " + quality + ", but " + last(signal),
                () -> last(signal).filter(s -> s.quality().equals(quality)).isPresent());
    }

    /// Waits until the link says something that contains this.
    ///
    /// @return what it said
    public LinkState awaitState(LinkState.Phase phase, String reason) {
        Await.until(
                () -> phase + " because of \"" + reason + "\", but " + states(),
                () -> find(phase, reason).isPresent());
        return find(phase, reason).orElseThrow();
    }

    private Optional<LinkState> find(LinkState.Phase phase, String reason) {
        return states().stream()
                .filter(s -> s.phase() == phase && s.reason().contains(reason))
                .findFirst();
    }
}
