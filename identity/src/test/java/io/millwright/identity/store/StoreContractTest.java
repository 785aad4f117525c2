package io.millwright.identity.store;

import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.LedgerContract;
import io.millwright.model.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// The store keeps what every ledger keeps.
class StoreContractTest extends LedgerContract {

    @TempDir
    private Path folder;

    private final List<IdentityStore> opened = new ArrayList<>();

    @Override
    protected Ledger open(List<String> prefixes) throws IOException {
        var store = IdentityStore.open(
                folder.resolve("store-" + opened.size()), prefixes, StoreSettings.usual(), Time.system());
        opened.add(store);
        return store;
    }

    @AfterEach
    void close() throws IOException {
        for (var store : opened) {
            store.close();
        }
    }
}
