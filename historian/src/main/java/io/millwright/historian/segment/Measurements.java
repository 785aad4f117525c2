package io.millwright.historian.segment;

import io.millwright.historian.series.Kinds;
import io.millwright.model.SignalName;
import java.util.ArrayList;
import java.util.List;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.file.metadata.IDeviceID;
import org.apache.tsfile.file.metadata.StringArrayDeviceID;
import org.apache.tsfile.file.metadata.enums.CompressionType;
import org.apache.tsfile.file.metadata.enums.TSEncoding;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;

/// How a signal lies in a TsFile: one aligned device `root.asset.signal` with the measurements `status` (the OPC UA
/// status code) and `received` (nanoseconds since the epoch), and, of `bool`, `int`, `real` and `text`, those that
/// occur. A row without any of the four is a missing value. Time is the source time in nanoseconds.
final class Measurements {

    static final String BOOL = "bool";
    static final String INT = "int";
    static final String REAL = "real";
    static final String TEXT = "text";
    static final String STATUS = "status";
    static final String RECEIVED = "received";

    private Measurements() {}

    static IDeviceID device(SignalName signal) {
        return new StringArrayDeviceID("root", signal.asset(), signal.signal());
    }

    /// The measurements of a series: status, received, then the kinds of value in the order of their bits.
    static List<IMeasurementSchema> of(int kinds) {
        var all = new ArrayList<IMeasurementSchema>();
        all.add(schema(STATUS, TSDataType.INT32, TSEncoding.RLE));
        all.add(schema(RECEIVED, TSDataType.INT64, TSEncoding.TS_2DIFF));
        // Gorilla ends a page with Long.MIN_VALUE or NaN, so a series that has them is stored plain.
        TSEncoding numbers = (kinds & Kinds.END_MARKS) != 0 ? TSEncoding.PLAIN : TSEncoding.GORILLA;
        if ((kinds & Kinds.BOOL) != 0) {
            all.add(schema(BOOL, TSDataType.BOOLEAN, TSEncoding.RLE));
        }
        if ((kinds & Kinds.INT) != 0) {
            all.add(schema(INT, TSDataType.INT64, numbers));
        }
        if ((kinds & Kinds.REAL) != 0) {
            all.add(schema(REAL, TSDataType.DOUBLE, numbers));
        }
        if ((kinds & Kinds.TEXT) != 0) {
            all.add(schema(TEXT, TSDataType.TEXT, TSEncoding.PLAIN));
        }
        return all;
    }

    private static IMeasurementSchema schema(String name, TSDataType type, TSEncoding encoding) {
        return new MeasurementSchema(name, type, encoding, CompressionType.LZ4);
    }
}
