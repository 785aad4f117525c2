package io.millwright.identity.message;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Site;
import io.millwright.identity.wire.Octets;
import java.util.List;
import java.util.Optional;

/// What a message says; its form follows from operation and response code (RFC 3652, section 3).
public sealed interface Body {

    /// Asks for the values of a handle (section 3.2.1).
    ///
    /// ```text
    /// | length, handle | number of indexes (4), index (4) … | number of types (4), { length, type } … |
    /// ```
    ///
    /// @param handle whose values are asked for
    /// @param indexes asked for by index; unsigned; at most [Limits#INDEXES]
    /// @param types asked for by type; at most [Limits#TYPES]; one that ends with a dot means all
    /// below it. Both lists empty: all values
    record ResolutionRequest(Handle handle, List<Integer> indexes, List<String> types) implements Body {
        public ResolutionRequest {
            indexes = List.copyOf(indexes);
            types = List.copyOf(types);
        }

        /// Asks for all values.
        public static ResolutionRequest all(Handle handle) {
            return new ResolutionRequest(handle, List.of(), List.of());
        }
    }

    /// The values asked for (section 3.2.2); none if nothing matches.
    ///
    /// ```text
    /// | length, handle | number of values (4), value … |
    /// ```
    record ResolutionResponse(Handle handle, List<HandleValue> values) implements Body {
        public ResolutionResponse {
            values = List.copyOf(values);
        }
    }

    /// A request about a handle as a whole, or about none ([Handle#BLANK]): site information and deletion.
    ///
    /// ```text
    /// | length, handle |
    /// ```
    record HandleRequest(Handle handle) implements Body {}

    /// The service information of the server that answers (operation 2).
    record SiteResponse(Site site) implements Body {}

    /// What went wrong (section 3.3).
    ///
    /// ```text
    /// | length, text | number of indexes (4), index (4) … |      the whole or the indexes may be missing
    /// ```
    ///
    /// @param text an explanation for people; empty if there is none
    /// @param indexes of the values that contributed
    record ErrorResponse(Optional<String> text, List<Integer> indexes) implements Body {
        public ErrorResponse {
            indexes = List.copyOf(indexes);
            if (text.isEmpty() && !indexes.isEmpty()) {
                throw new IllegalArgumentException("indexes follow a text");
            }
        }

        public static ErrorResponse of(String text) {
            return new ErrorResponse(Optional.of(text), List.of());
        }
    }

    /// Who answers instead (section 3.4).
    ///
    /// ```text
    /// | length, handle | number of values (4), value … |      the values may be missing
    /// ```
    ///
    /// @param handle whose HS_SITE values tell; empty if they follow here; `0.NA/0.NA` is the root
    /// @param values HS_SITE values; no list at all is read as an empty one
    record Referral(Handle handle, List<HandleValue> values) implements Body {
        public Referral {
            values = List.copyOf(values);
        }
    }

    /// A body whose form is not known here, as it came.
    record Opaque(Octets octets) implements Body {}
}
