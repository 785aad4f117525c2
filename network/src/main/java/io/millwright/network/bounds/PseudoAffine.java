package io.millwright.network.bounds;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.RateLatency;
import io.millwright.network.curve.Time;
import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A service that begins after a latency, and then gives at least the minimum of affine stages, each with what
/// it serves at once and a rate (Lenzini, Martorini, Mingozzi, Stea 2006, definition 5).
///
/// @param latency the time before anything is served
/// @param stages the stages; at least one
record PseudoAffine(Time latency, List<TokenBucket> stages) {

    static PseudoAffine of(RateLatency service) {
        return new PseudoAffine(service.latency(), List.of(new TokenBucket(Data.ZERO, service.rate())));
    }

    /// The convolution: latencies add up, all stages hold.
    PseudoAffine then(PseudoAffine next) {
        return new PseudoAffine(
                latency.plus(next.latency),
                Stream.concat(stages.stream(), next.stages.stream()).distinct().toList());
    }

    /// The longest wait for a burst, of a flow whose rate is not above that of any stage.
    Time delay(Data burst) {
        return latency.plus(wait(burst));
    }

    private Time wait(Data burst) {
        var longest = Time.ZERO;
        for (var stage : stages) {
            longest = longest.max(burst.minus(stage.burst()).at(stage.rate()));
        }
        return longest;
    }

    /// What others leave that are served in order of arrival together with the flow: `[β(t) − α(t − θ)]⁺` from
    /// θ on, where θ is the others' own longest delay and a parameter more (theorem 3 there).
    ///
    /// @param others what comes of them; slower than every stage
    /// @param parameter the parameter, not negative
    PseudoAffine without(TokenBucket others, Time parameter) {
        var since = wait(others.burst()).plus(parameter);
        var left = new ArrayList<TokenBucket>();
        for (var stage : stages) {
            var atOnce = stage.during(since).minus(others.burst()).max(Data.ZERO);
            left.add(new TokenBucket(atOnce, stage.rate().minus(others.rate())));
        }
        return new PseudoAffine(latency.plus(since), left);
    }

    /// The parameters at which, after the others are taken off, some stage serves exactly so much at once.
    List<Time> parametersFor(TokenBucket others, Data atOnce) {
        var wait = wait(others.burst());
        return stages.stream()
                .map(s -> atOnce.plus(others.burst())
                        .minus(s.burst())
                        .at(s.rate())
                        .minus(wait)
                        .max(Time.ZERO))
                .toList();
    }
}
