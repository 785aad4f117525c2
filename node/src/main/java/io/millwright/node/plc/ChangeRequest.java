package io.millwright.node.plc;

import io.millwright.node.plc.ControlDesk.SourceView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is to be changed of a running program, as people and scripts ask for it.
///
/// @param sources all texts of the new program; what the control library and the plant file add need not be
///     among them
/// @param manifest the text of the changed plant file; null where tasks and bindings stay
/// @param accept subjects of findings that are consented to; null for none
/// @param shadow scans in shadow before the swap; null for 100
/// @param trial scans in which the old program comes back if the new one fails; null for 1000
/// @param difference how far an output may be from what the old program would tell; null for any
/// @param compareOnly whether it is only proposed, for somebody to approve it
/// @param keep whether what is only proposed waits for approval (null for yes); if not, nothing is left of it
/// @param owner who proposes it
/// @param reason why
public record ChangeRequest(
        List<SourceView> sources,
        @Nullable String manifest,
        @Nullable List<String> accept,
        @Nullable Integer shadow,
        @Nullable Integer trial,
        @Nullable Double difference,
        @Nullable Boolean compareOnly,
        @Nullable Boolean keep,
        @Nullable String owner,
        @Nullable String reason) {

    /// Whether it is made at once where nothing stands against it.
    boolean isToBeMade() {
        return !Boolean.TRUE.equals(compareOnly);
    }

    /// Whether others see it.
    boolean isKept() {
        return isToBeMade() || !Boolean.FALSE.equals(keep);
    }
}
