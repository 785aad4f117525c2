/// The vocabulary of a plant.
///
/// A [Plant] has [Asset]s; an asset has an [Identifier] and [Signal]s; a signal is read from or written to a
/// [Connection]; what is read becomes a [Sample]: a [Value] with a [Quality] and two times. Whoever takes samples
/// is a [SampleSink], and acknowledges them only when they are durable.
///
/// ```java
/// var id = Identifier.parse("88.118.7/tank-1");
/// var level = new Sample(SignalName.of("tank-1", "level"), Value.of(1.25), Quality.GOOD, source, received);
/// sink.append(List.of(level)).join(); // returns when it would survive a power cut
/// ```
@NullMarked
package io.millwright.model;

import org.jspecify.annotations.NullMarked;
