/// Keeps samples and finds them again.
///
/// ```text
///  append ──▶ queue ──▶ Ingestion (one thread) ──▶ journal file ──▶ force ──▶ acknowledged
///                                │                      │
///                        latest, hot tables,       Upkeep (one thread): one sorted segment per
///                        subscribers               journal file, small segments merged
///                                │                      │
///                                └──────▶ Store ◀───────┘ ◀── query, aggregate, count
/// ```
///
/// A sample is identified by its signal and its source time; of two with the same, the one journaled later is kept.
@NullMarked
package io.millwright.historian;

import org.jspecify.annotations.NullMarked;
