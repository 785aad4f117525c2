/// Modbus TCP (MODBUS Application Protocol V1.1b3, MODBUS Messaging on TCP/IP V1.0b).
///
/// A point is `table/address:type`, e.g. `holding/0:float32`, `input/12:int16`, `coil/3`, `discrete/4`; see [Point].
/// [ReadPlan] packs neighbouring points into requests, [Poller] repeats them, [ModbusSession] carries one request at
/// a time, [Layout] and [ByteOrder] turn registers into values and back.
@NullMarked
package io.millwright.connect.modbus;

import org.jspecify.annotations.NullMarked;
