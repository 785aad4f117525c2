/// A [io.millwright.identity.registry.Ledger] on disk: records packed against templates, in RocksDB.
///
/// [IdentityStore] is the door. A change goes through one thread, which looks at its condition and writes many changes
/// with one force of the disk; a record is read by any thread. [RecordCodec] packs records: what records have in common
/// stands once in a template ([ValueTemplate]), what is their own stands in the record. [Templates] learns templates
/// from the records it sees.
@NullMarked
package io.millwright.identity.store;

import org.jspecify.annotations.NullMarked;
