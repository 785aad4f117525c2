package io.millwright.node.id;

import io.millwright.identity.registry.Ledger;
import io.millwright.identity.server.Administration;
import io.millwright.identity.store.IdentityStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Where a node that is told to back itself up (operation 1003) puts the copies: `backups/` beside its records, a
/// folder each, named by the time. A copy takes the place of `records/` when it is restored.
final class BackUpFolder implements Administration.BackUp {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Optional<Path> data;
    private volatile Optional<IdentityStore> store = Optional.empty();

    /// @param data the node's folder; nothing for memory
    BackUpFolder(Optional<Path> data) {
        this.data = data;
    }

    /// Says what is to be backed up.
    void of(Ledger ledger) {
        store = ledger instanceof IdentityStore kept ? Optional.of(kept) : Optional.empty();
    }

    @Override
    public void run() throws IOException {
        if (store.isEmpty() || data.isEmpty()) {
            throw new IOException("the node has only just been started");
        }
        store.get().snapshot(data.get().resolve("backups").resolve(NAME.format(Instant.now())));
    }
}
