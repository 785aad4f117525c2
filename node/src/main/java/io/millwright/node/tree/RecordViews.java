package io.millwright.node.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the API tells of records, and takes.
public final class RecordViews {

    private RecordViews() {}

    /// A page of identifiers.
    ///
    /// @param node the name of the node that listed them
    /// @param next what `after` is to be for the next page; null if this is the last
    /// @param searched how many identifiers were looked at
    public record PageView(
            String prefix,
            String node,
            List<String> handles,
            @Nullable String next,
            int searched) {}

    /// Who administers a record, by a secret key. Never kept, never logged.
    ///
    /// @param administrator `INDEX:HANDLE` of the value that holds the key
    /// @param secret the key
    public record CredentialsView(String administrator, String secret) {
        @Override
        public String toString() {
            return administrator;
        }
    }

    /// The body that signs in.
    ///
    /// @param node the name of the node that knew the key
    /// @param prefixes what the administrator is a steward of there; empty for other administrators
    public record KnownView(String administrator, String node, List<String> prefixes) {}

    /// The body that asks for a record.
    ///
    /// @param credentials null to see what anyone may see
    public record NamedView(String handle, @Nullable CredentialsView credentials) {}

    /// A record as it is.
    ///
    /// @param revision names its values at this moment; changes name it, so that none is lost
    /// @param node the name of the node that answered
    /// @param takesChanges whether that node does
    public record RecordView(
            String handle, String revision, String node, boolean takesChanges, List<TreeViews.ValueView> values) {}

    /// The body that changes a record, or asks what would change.
    ///
    /// @param revision of the record it was made from; null for a record that is to be created
    /// @param values what the record is to hold; null to delete it
    public record EditView(
            String handle,
            @Nullable String revision,
            @Nullable List<TreeViews.GivenView> values,
            @Nullable CredentialsView credentials) {}

    /// What becomes of one value.
    ///
    /// @param kind `add`, `modify` or `remove`
    public record DifferenceView(
            String kind, long index, TreeViews.@Nullable ValueView before, TreeViews.@Nullable ValueView after) {}

    /// What a change would do. Nothing has been changed.
    ///
    /// @param action `create`, `change`, `delete` or `nothing`
    /// @param outdated whether the record is no longer what the edit was made from
    /// @param node the name of the node that would make the change
    public record PreviewView(
            String handle,
            String action,
            boolean outdated,
            String node,
            List<DifferenceView> differences,
            @Nullable RecordView now) {}

    /// One request of a change and what came of it.
    ///
    /// @param kind `create`, `delete`, `add`, `modify` or `remove`
    public record StepView(
            String kind,
            List<Long> indexes,
            boolean done,
            @Nullable Integer responseCode,
            String words) {}

    /// What came of a change. Steps are made in their order; none follows one that was not done.
    ///
    /// @param now the record afterwards; null if there is none
    public record ChangedView(
            String handle,
            boolean done,
            List<StepView> steps,
            @Nullable RecordView now) {}
}
