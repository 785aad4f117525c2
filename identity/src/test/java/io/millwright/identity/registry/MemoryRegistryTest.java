package io.millwright.identity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRegistryTest extends LedgerContract {

    @Override
    protected Ledger open(List<String> prefixes) {
        return new MemoryRegistry(prefixes);
    }

    /// Who has been away for longer than the history reaches back has to be told so.
    @Test
    void forgottenTransactionsAreSaidToBe() {
        var ledger = open(List.of());
        for (int i = 0; i < MemoryRegistry.HISTORY + 5; i++) {
            ledger.commit(new Change.Home("88." + i)).join();
        }
        assertEquals(5, ledger.forgottenTransaction());
        assertEquals(6, ledger.transactions(0, 1).getFirst().number());
        assertEquals(6, ledger.transactions(5, 1).getFirst().number());
    }
}
