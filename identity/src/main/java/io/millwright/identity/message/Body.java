package io.millwright.identity.message;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import java.util.List;
import java.util.Map;
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

    /// A request about a handle as a whole, or about none ([Handle#BLANK]): site information, deletion, lists,
    /// homing, the end of a session, the number of the next transaction.
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

    /// Values for a handle: addition (section 3.6.1), modification (3.6.3), creation (3.6.4).
    ///
    /// ```text
    /// | length, handle | number of values (4), value … |
    /// ```
    record ValuesRequest(Handle handle, List<HandleValue> values) implements Body {
        public ValuesRequest {
            values = List.copyOf(values);
        }
    }

    /// Values to be removed (section 3.6.2).
    ///
    /// ```text
    /// | length, handle | number of indexes (4), index (4) … |
    /// ```
    record RemoveRequest(Handle handle, List<Integer> indexes) implements Body {
        public RemoveRequest {
            indexes = List.copyOf(indexes);
        }
    }

    /// A creation's answer: the handle that was created, whose suffix the server may have chosen.
    record CreateResponse(Handle handle) implements Body {}

    /// Handles under a prefix, or the handles `0.NA/…` of homed prefixes (section 3.7).
    ///
    /// ```text
    /// | number of handles (4), { length, handle } … |
    /// ```
    record HandleList(List<Handle> handles) implements Body {
        public HandleList {
            handles = List.copyOf(handles);
        }
    }

    /// A success that needs no words.
    record Empty() implements Body {}

    /// Asks the client to prove who it is (section 3.5.1). The digest of the request stands in [Message#digest].
    ///
    /// @param nonce random octets, to be answered once
    record Challenge(Octets nonce) implements Body {}

    /// The proof (section 3.5.2).
    ///
    /// ```text
    /// | length, key type | length, handle | index (4) | length, answer |
    /// ```
    ///
    /// @param keyType `HS_SECKEY` or `HS_PUBKEY`
    /// @param identity the value that holds the key
    /// @param answer a message authentication code or a signature over nonce and digest
    record ChallengeAnswer(String keyType, ValueReference identity, Octets answer) implements Body {}

    /// Asks the server that holds a secret key to check a proof (section 3.5.3).
    ///
    /// ```text
    /// | length, handle | index (4) | length, nonce | length, digest | length, answer |
    /// ```
    ///
    /// @param identity the value that holds the secret key
    /// @param nonce of the challenge
    /// @param digest of the challenged request, without the octet for the algorithm
    /// @param answer the proof
    record VerifyRequest(ValueReference identity, Octets nonce, Octets digest, Octets answer) implements Body {}

    /// Whether the proof is right.
    record VerifyResponse(boolean valid) implements Body {}

    /// Asks for a session (section 3.8.1).
    ///
    /// ```text
    /// | mode (2) | timeout (4) | length, handle | index (4) |
    /// | length, public key      mode CLIENT_KEY and DIFFIE_HELLMAN |
    /// | length, handle | index (4)     mode HANDLE_KEY |
    /// | 0 (2) |      all clients in use send these two octets
    /// ```
    ///
    /// @param mode one of [KeyExchange]; two octets
    /// @param timeoutSeconds unsigned
    /// @param identity who the client will prove to be; an empty handle and -1 for nobody
    /// @param publicKey in the form of an HS_PUBKEY value; empty where the mode needs none
    /// @param keyReference the value that holds the public key, in mode [KeyExchange#HANDLE_KEY] only
    record SessionRequest(
            int mode,
            int timeoutSeconds,
            ValueReference identity,
            Octets publicKey,
            Optional<ValueReference> keyReference)
            implements Body {
        public SessionRequest {
            if (keyReference.isPresent() != (mode == KeyExchange.HANDLE_KEY)
                    || publicKey.length() > 0 && !KeyExchange.sendsKey(mode)) {
                throw new IllegalArgumentException("key exchange mode " + mode + " with the key of another");
            }
        }
    }

    /// The server's part of the key (section 3.8.2), followed by the same two octets.
    ///
    /// @param mode as asked for
    /// @param data the session key, encrypted; or the server's public key
    record SessionResponse(int mode, Octets data) implements Body {}

    /// The session key, encrypted with the server's public key (section 3.8.3).
    record KeyRequest(Octets encryptedKey) implements Body {}

    /// A login of the Chinese system (operations 2000 and 2001), to which a challenge follows.
    ///
    /// ```text
    /// | length, handle | index (4) |
    /// ```
    record LoginRequest(ValueReference identity) implements Body {}

    /// Asks for the transactions after one (operation 1001, since version 2.9).
    ///
    /// ```text
    /// | 0 (1) | last transaction (8) | last asked, ms (8) | hash option (1) | servers (4) | server (4) |
    /// ```
    ///
    /// @param after the last transaction the mirror knows
    /// @param lastAskedMillis when it last asked, by the clock of the server that answers
    /// @param share which handles the mirror holds
    record TransactionsRequest(long after, long lastAskedMillis, Share share) implements Body {}

    /// Asks for all handles (operation 1002).
    ///
    /// ```text
    /// | hash option (1) | servers (4) | server (4) |
    /// | length, start | kind of start (4)     both missing without a start |
    /// ```
    ///
    /// @param share which handles the mirror holds
    /// @param start where to go on; empty for the beginning
    /// @param startKind what the start is: 2 a handle, 3 a prefix; other numbers are kept
    record DumpRequest(Share share, Octets start, int startKind) implements Body {}

    /// Transactions, as Millwright's nodes tell them to each other in a session: other servers answer with one
    /// octet and a stream behind the message.
    ///
    /// ```text
    /// | 0 (1) | status (4) | number of transactions (4) |
    /// | { number (8) | time, ms (8) | action (1) | length, handle | values, of stored handles only } … |
    /// | number of sources (4) | { length, name | number (8) } … |      missing if the node follows none
    /// ```
    ///
    /// @param status one of [#TOLD], [#COPY_ALL], [#AHEAD]
    /// @param transactions in their order
    /// @param sources whom the answering node itself follows, and how far
    record TransactionsResponse(int status, List<Change> transactions, Map<String, Long> sources) implements Body {
        /// All that was asked for is told.
        public static final int TOLD = 2;

        /// The mirror has been away for too long and has to copy all.
        public static final int COPY_ALL = 1;

        /// The mirror has followed transactions that the node does not know: the node is an older copy of itself.
        public static final int AHEAD = 3;

        public TransactionsResponse {
            transactions = List.copyOf(transactions);
            sources = Map.copyOf(sources);
        }
    }

    /// One transaction as it is told.
    ///
    /// @param number of the transaction
    /// @param epochMillis when it was made, milliseconds since 1970
    /// @param action one of [Change#STORED], [Change#DELETED], [Change#HOMED], [Change#UNHOMED]; one octet
    /// @param handle what was changed; of a prefix, `0.NA/…`
    /// @param values that are stored under the handle; none if it is not stored
    record Change(long number, long epochMillis, int action, Handle handle, List<HandleValue> values) {
        public static final int STORED = 3;
        public static final int DELETED = 2;
        public static final int HOMED = 4;
        public static final int UNHOMED = 5;

        public Change {
            values = List.copyOf(values);
        }
    }

    /// Records, as Millwright's nodes tell them to each other in a session.
    ///
    /// ```text
    /// | number of records (4) | { length, handle | number of values (4), value … } … |
    /// ```
    record DumpResponse(List<HandleRecord> records) implements Body {
        public DumpResponse {
            records = List.copyOf(records);
        }
    }

    /// Which handles a server of a site holds.
    ///
    /// @param hashOption as in [Site#hashOption]; one octet
    /// @param servers how many servers the site has
    /// @param server which of them, from 0
    record Share(int hashOption, int servers, int server) {}

    /// The number the next transaction will have (operation 1000).
    record NextTransaction(long number) implements Body {}

    /// A body whose form is not known here, as it came.
    record Opaque(Octets octets) implements Body {}
}
