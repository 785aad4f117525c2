package io.millwright.connect.mqtt;

import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// A sink that keeps what it gets in memory and answers as a test wants it to.
public final class CollectingSink implements SampleSink {

    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

    /// From now on each batch is answered with this.
    public void answerWith(CompletableFuture<Void> next) {
        answer = next;
    }

    @Override
    public CompletableFuture<Void> append(List<Sample> batch) {
        samples.addAll(batch);
        return answer;
    }

    public List<Sample> samples() {
        return samples;
    }

    public Optional<Sample> latest(String signal) {
        return samples.stream()
                .filter(s -> s.signal().toString().equals(signal))
                .reduce((_, later) -> later);
    }

    public boolean latestIs(String signal, Predicate<Sample> wanted) {
        return latest(signal).filter(wanted).isPresent();
    }

    public long count(Predicate<Sample> wanted) {
        return samples.stream().filter(wanted).count();
    }
}
