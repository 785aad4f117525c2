package io.millwright.network.failure;

import io.millwright.network.schedule.Message;
import java.util.List;

/// What a failure does to a stream.
public sealed interface Fate {

    /// The id of the stream.
    int stream();

    /// It goes on as before; its frames do not come where something failed.
    record Untouched(int stream) implements Fate {}

    /// It goes on as before to the listeners that can still be reached, and to all of those.
    ///
    /// @param gone the listeners that cannot
    record Reduced(int stream, List<Integer> gone) implements Fate {
        public Reduced {
            gone = List.copyOf(gone);
        }
    }

    /// Members of a redundant stream are touched, and every listener that can be reached still has one of them
    /// as before: no frame is lost.
    ///
    /// @param gone the listeners that cannot be reached any more
    record Covered(int stream, List<Integer> gone) implements Fate {
        public Covered {
            gone = List.copyOf(gone);
        }
    }

    /// It has another place in the alternative. A redundant stream has one way there.
    ///
    /// @param gone the listeners that cannot be reached any more
    /// @param delayBeforeNanos its delay until the failure
    /// @param offsetNanos from the start of its period to the start of its first transmission, in the
    ///     alternative
    /// @param delayNanos its delay there
    record Moved(int stream, List<Integer> gone, long delayBeforeNanos, long offsetNanos, long delayNanos)
            implements Fate {
        public Moved {
            gone = List.copyOf(gone);
        }
    }

    /// Why a stream cannot be saved.
    enum Cause {
        /// Its talker or all its listeners are gone.
        END_GONE,
        /// No way is left to any of its listeners.
        CUT_OFF,
        /// There is no place for it: the proof is the scheduler's.
        NO_PLACE
    }

    /// It cannot be saved, whatever the method.
    ///
    /// @param proof why; where it is a matter of room, then not beside those that are saved
    record Lost(int stream, Cause cause, Message proof) implements Fate {}

    /// No place was found for it in time beside those that keep theirs; there may be one.
    record Open(int stream) implements Fate {}
}
