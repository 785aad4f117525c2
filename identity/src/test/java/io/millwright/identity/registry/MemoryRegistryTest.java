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
        ledger.commit(new Change.Home("88")).join();
        long first = ledger.lastTransaction();
        for (int i = 1; i < MemoryRegistry.HISTORY + 5; i++) {
            ledger.commit(new Change.Home("88." + i)).join();
        }
        assertEquals(first + 4, ledger.forgottenTransaction());
        assertEquals(first + 5, ledger.transactions(0, 1).getFirst().number());
        assertEquals(first + 5, ledger.transactions(first + 4, 1).getFirst().number());
    }
}
