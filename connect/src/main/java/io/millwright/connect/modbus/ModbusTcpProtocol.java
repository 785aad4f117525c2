package io.millwright.connect.modbus;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.Protocol;
import io.millwright.model.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Modbus TCP, `modbus-tcp` in plant files. The endpoint is `host:port`, port 502 where there is none.
///
/// | setting | meaning | usual |
/// |---|---|---|
/// | `unit` | unit identifier, 0–255 | 1 |
/// | `timeout` | how long an answer may take, 10ms–1min | 1s |
/// | `order` | byte order of values of several registers: `abcd`, `badc`, `cdab`, `dcba` | `abcd` |
/// | `gap` | how many unused addresses one request may read to join two points, 0–124 | 8 |
///
/// A point is `table/address:type:order*factor`, e.g. `holding/0:float32`, `input/12:int16*0.1`, `coil/3`,
/// `holding/5:bit3`, `holding/20:float32:cdab`, `input/40:string:16`. Tables: `coil`, `discrete`, `holding`, `input`.
/// Addresses count from 0 as in the protocol. Types: `int16` `uint16` `int32` `uint32` `int64` `uint64` `float32`
/// `float64` `bcd16` `bcd32` `string:N` `bitN`; `uint16` where there is none.
public final class ModbusTcpProtocol implements Protocol {

    @Override
    public String name() {
        return "modbus-tcp";
    }

    @Override
    public List<Problem> check(Connection connection) {
        var problems = new ArrayList<Problem>();
        ModbusSettings.read(connection, problems);
        return problems;
    }

    @Override
    public Optional<String> checkPoint(String point) {
        try {
            Point.parse(point);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Link open(Connection connection, LinkContext context) {
        return new ModbusLink(connection.name(), ModbusSettings.read(connection, new ArrayList<>()), context);
    }
}
