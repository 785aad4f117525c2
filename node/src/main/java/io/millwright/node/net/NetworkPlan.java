package io.millwright.node.net;

import io.millwright.network.schedule.Message;
import io.millwright.network.schedule.Names;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of planning a network. Times are nanoseconds.
///
/// @param result `scheduled`; `bounded` where no stream wants a schedule; `impossible` where that is proved;
/// `not-found` where time was up
/// @param hyperperiod after which the gates repeat; 0 where there are none
/// @param seconds how long it took
/// @param verdict what the independent checker says of a schedule; null where there is none
/// @param kept the name under which a schedule is kept, to ask what becomes of it when something fails; null where
///     there is none
/// @param reasons why it is impossible
/// @param missing streams that had no place at best
/// @param conflicting few streams that cannot go together, even without all others
/// @param narrow links on which they cannot, each with its two ends
/// @param repairs what would do, each scheduled and verified
/// @param streams what is planned for each stream, in the order of the network
/// @param ports the ports that streams pass
/// @param notes what is not in the plan
public record NetworkPlan(
        String result,
        long hyperperiod,
        double seconds,
        @Nullable VerdictView verdict,
        @Nullable String kept,
        List<ReasonView> reasons,
        List<String> missing,
        List<String> conflicting,
        List<List<String>> narrow,
        List<RepairView> repairs,
        List<StreamPlan> streams,
        List<PortPlan> ports,
        List<MessageView> notes) {

    /// Something that is told to people.
    ///
    /// @param text in English
    /// @param code by which it is known, for who says it in another language
    /// @param arguments what it is about, by the names that such texts have for it; a time is `{"nanos": 5}`, a
    ///     link `{"link": ["a", "b"]}`, several are `{"some": [], "more": 0}`, a part has a `code` and
    ///     `arguments` of its own
    public record MessageView(String text, String code, Map<String, Object> arguments) {
        static MessageView of(Message message, Names names) {
            return new MessageView(message.in(names), message.code(), message.arguments(names));
        }
    }

    /// What the checker says.
    ///
    /// @param verified whether everything holds
    /// @param frames how many were replayed in a hyperperiod
    /// @param hyperperiods replayed until everything repeated
    /// @param violations what does not hold, at most 20
    public record VerdictView(boolean verified, long frames, long hyperperiods, List<MessageView> violations) {}

    /// Why there is no schedule, with what the reason is about.
    ///
    /// @param links each with its two ends, in the direction that matters
    public record ReasonView(MessageView message, List<String> streams, List<List<String>> links) {}

    /// Changes with which there is a schedule.
    public record RepairView(List<ChangeView> changes) {}

    /// A change of the network.
    ///
    /// @param kind `relax`, `shorten`, `lengthen` or `drop` a stream, `move` a station from one switch to
    ///     another, or `link` two switches
    /// @param names of what is changed: the stream; the station and both switches; the two switches
    /// @param value the new deadline or period in nanoseconds, the new size in octets; else 0
    /// @param message what an engineer would do
    public record ChangeView(String kind, List<String> names, long value, MessageView message) {}

    /// What is planned for a stream.
    ///
    /// @param scheduled whether gates are planned for it
    /// @param delay of each of its frames to the last listener; null where it has no place
    /// @param bound the longest delay if all streams shared one queue of each port and no gate ever closed;
    ///     null where none is proved
    /// @param beside the longest delay of a sporadic stream between the gates of the schedule; null of others, and
    ///     where none is proved
    /// @param likely for which of its frames bounds hold; null where they hold for every one
    /// @param shares what a stream without gates takes of `beside` in each domain on its way, or of `bound` where
    ///     there is no schedule; none in a network that is one whole
    /// @param hops of the first frame, in the order of the way; of a stream without a place the fastest way
    public record StreamPlan(
            String name,
            boolean scheduled,
            long period,
            long deadline,
            @Nullable Long delay,
            @Nullable Long bound,
            @Nullable Long beside,
            @Nullable LikelyView likely,
            List<ShareView> shares,
            List<HopPlan> hops) {}

    /// What a stream takes in a domain.
    ///
    /// @param budget what it may take there; null where nothing is said of that
    public record ShareView(
            String domain, long delay, @Nullable Long budget, boolean holds) {}

    /// How likely a frame is there within the bound of its stream, as its way leads over radio.
    ///
    /// @param probability with which each frame is, or more
    /// @param loss the probability of being late or lost that its stream tolerates
    /// @param enough whether no more are late or lost than that
    public record LikelyView(BigDecimal probability, BigDecimal loss, boolean enough) {}

    /// A frame on a link.
    ///
    /// @param member 1 or 2 on the ways of a redundant stream, which sends each frame twice; else 0
    /// @param start of the transmission, from the start of the first period; null where there is no place
    /// @param end of the transmission
    /// @param arrival when the last bit is at the far end
    public record HopPlan(
            String from,
            String to,
            int member,
            @Nullable Integer queue,
            @Nullable Long start,
            @Nullable Long end,
            @Nullable Long arrival) {}

    /// A port: that of one node towards another.
    ///
    /// @param load the part of its time that streams need
    /// @param rest the part of its time that the schedule and sporadic streams leave to all others; null where
    ///     there is no schedule
    /// @param gates when gates are open in a hyperperiod; none where they are too many to be shown
    public record PortPlan(
            String from, String to, double load, @Nullable Double rest, List<GateView> gates) {}

    /// A time in which the gate of a queue is open.
    public record GateView(int queue, long start, long end) {}
}
