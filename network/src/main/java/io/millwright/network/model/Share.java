package io.millwright.network.model;

import io.millwright.network.curve.Time;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What a frame takes in a domain: in the queues of its ports, on the links behind these, and until it is
/// in the next queue.
///
/// @param delay no frame takes longer; the sum of what it takes at each port, so that all shares together
///     may be more than the bound of the whole way
public record Share(NetworkModel.Domain domain, Time delay) {

    /// What is taken on a way in each of its domains, in their order; nothing in a network that is one whole.
    ///
    /// @param domains of the ports on the way
    /// @param delays at each of them, until a frame is at the next
    static List<Share> of(List<Optional<NetworkModel.Domain>> domains, List<Time> delays) {
        var taken = new LinkedHashMap<NetworkModel.Domain, Time>();
        for (int i = 0; i < delays.size(); i++) {
            var delay = delays.get(i);
            domains.get(i)
                    .filter(domain -> !domain.equals(NetworkModel.Domain.WHOLE))
                    .ifPresent(domain -> taken.merge(domain, delay, Time::plus));
        }
        return taken.entrySet().stream()
                .map(e -> new Share(e.getKey(), e.getValue()))
                .toList();
    }

    /// Whether it is within the budget, if there is one.
    public boolean holds() {
        return domain.budget()
                .map(budget -> budget.minus(delay).seconds().isNonNegative())
                .orElse(true);
    }

    /// The longest delay, rounded up.
    public long delayNanos() {
        return Nanos.above(delay);
    }
}
