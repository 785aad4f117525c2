package io.millwright.network.port;

import io.millwright.network.curve.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The gate control list of a port (802.1Q-2022, 8.6.8.4 and 8.6.9): which classes may send, entry after entry,
/// again and again. A frame begins only if it ends before its gate closes.
///
/// @param entries the entries; none where all gates are always open
public record GateList(List<Entry> entries) {

    /// All gates open, always.
    public static final GateList ALWAYS_OPEN = new GateList(List.of());

    public GateList {
        entries = List.copyOf(entries);
    }

    /// @param length how long the entry lasts; above zero
    /// @param open the classes whose gates are open
    public record Entry(Time length, Set<Integer> open) {
        public Entry {
            open = Set.copyOf(open);
        }
    }

    /// A time in which the gate of a class is open without a pause.
    ///
    /// @param entry the entry with which it begins
    /// @param from when it begins, since the beginning of the list
    /// @param length how long it lasts; it may go on into the next cycle
    record Window(int entry, Time from, Time length) {}

    /// How long the list lasts.
    public Time cycle() {
        return entries.stream().map(Entry::length).reduce(Time.ZERO, Time::plus);
    }

    boolean isAlwaysOpen(int trafficClass) {
        return entries.stream().allMatch(e -> e.open().contains(trafficClass));
    }

    /// Whether the gates of two classes are ever open at the same time.
    boolean areOpenTogether(int one, int other) {
        return entries.isEmpty()
                || entries.stream()
                        .anyMatch(e -> e.open().contains(one) && e.open().contains(other));
    }

    /// Whether the gates of two classes are open at the same times only.
    boolean areOpenAtTheSameTimes(int one, int other) {
        return entries.stream().allMatch(e -> e.open().contains(one) == e.open().contains(other));
    }

    /// Whether the gate of a class is open before an entry begins and when it has begun: whether one of its
    /// frames may be under way then.
    boolean isOpenAcross(int trafficClass, int entry) {
        int before = (entry + entries.size() - 1) % entries.size();
        return entries.get(entry).open().contains(trafficClass)
                && entries.get(before).open().contains(trafficClass);
    }

    /// The windows of a class that is neither always nor never open, by when they begin.
    List<Window> windows(int trafficClass) {
        var windows = new ArrayList<Window>();
        var now = Time.ZERO;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).open().contains(trafficClass) && !isOpenAcross(trafficClass, i)) {
                windows.add(new Window(i, now, openFrom(trafficClass, i)));
            }
            now = now.plus(entries.get(i).length());
        }
        return windows;
    }

    private Time openFrom(int trafficClass, int entry) {
        var length = Time.ZERO;
        for (int i = entry; entries.get(i).open().contains(trafficClass); i = (i + 1) % entries.size()) {
            length = length.plus(entries.get(i).length());
        }
        return length;
    }
}
