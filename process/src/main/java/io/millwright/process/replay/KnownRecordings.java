package io.millwright.process.replay;

import io.millwright.process.replay.RecordingFormat.Column;
import io.millwright.process.replay.RecordingFormat.TimeColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Public recordings whose format needs no description.
final class KnownRecordings {

    private static final Pattern TENNESSEE_EASTMAN = Pattern.compile("d\\d\\d(_te)?\\.dat");
    /// The only file of the Tennessee Eastman set that is stored with a line for each variable.
    private static final String TRANSPOSED = "d00.dat";
    /// The set has no times; this stands for "unknown".
    private static final Instant UNKNOWN_START = Instant.parse("2000-01-01T00:00:00Z");

    /// Downs and Vogel 1993, tables 4 and 5: units of XMEAS(1) to XMEAS(22); the analyses after them are in mol %, the
    /// manipulated variables in %. A kscmh is a thousand standard cubic metres per hour.
    private static final String[] MEASURED_UNITS = {
        "10*3.m3/h", "kg/h", "kg/h", "10*3.m3/h", "10*3.m3/h", "10*3.m3/h", "kPa", "%", "Cel", "10*3.m3/h", "Cel",
        "%", "kPa", "m3/h", "%", "kPa", "m3/h", "Cel", "kg/h", "kW", "Cel", "Cel"
    };

    private static final int MEASURED = 41;
    private static final int VARIABLES = 52;

    private KnownRecordings() {}

    /// The format of a known file, by its name and first line.
    static Optional<RecordingFormat> of(String fileName, String firstLine) {
        if (TENNESSEE_EASTMAN.matcher(fileName).matches()) {
            return Optional.of(tennesseeEastman(fileName.equals(TRANSPOSED)));
        }
        if (firstLine.startsWith("Date,Usage_kWh,")) {
            return Optional.of(steel());
        }
        if (firstLine.startsWith("datetime;Accelerometer1RMS;")) {
            return Optional.of(skab(firstLine.contains(";anomaly;")));
        }
        return Optional.empty();
    }

    private static RecordingFormat tennesseeEastman(boolean transposed) {
        var columns = new ArrayList<Column>();
        for (int i = 1; i <= VARIABLES; i++) {
            String unit = i <= MEASURED_UNITS.length ? MEASURED_UNITS[i - 1] : "%";
            String name = i <= MEASURED ? "xmeas-%02d".formatted(i) : "xmv-%02d".formatted(i - MEASURED);
            columns.add(Column.of(Integer.toString(i), name, unit));
        }
        return new RecordingFormat(
                ' ', false, transposed, Optional.empty(), UNKNOWN_START, Duration.ofMinutes(3), columns);
    }

    /// UCI 851. Energies are those of the quarter-hour that ends with the stamp.
    private static RecordingFormat steel() {
        return new RecordingFormat(
                ',',
                true,
                false,
                Optional.of(new TimeColumn("Date", "dd-MM-yyyy HH:mm", true)),
                UNKNOWN_START,
                Duration.ofMinutes(15),
                List.of(
                        Column.of("Usage_kWh", "energy", "kW.h"),
                        Column.of("Lagging_Current_Reactive.Power_kVarh", "lagging-reactive-energy", "kV.A.h"),
                        Column.of("Leading_Current_Reactive_Power_kVarh", "leading-reactive-energy", "kV.A.h"),
                        Column.of("CO2(tCO2)", "carbon-dioxide", "t"),
                        Column.of("Lagging_Current_Power_Factor", "lagging-power-factor", "%"),
                        Column.of("Leading_Current_Power_Factor", "leading-power-factor", "%"),
                        new Column("Load_Type", "load-type", "1", true)));
    }

    /// SKAB, README: accelerations in g, pressure in bar, flow in litres per minute.
    private static RecordingFormat skab(boolean labelled) {
        var columns = new ArrayList<>(List.of(
                Column.of("Accelerometer1RMS", "accelerometer-1", "[g]"),
                Column.of("Accelerometer2RMS", "accelerometer-2", "[g]"),
                Column.of("Current", "current", "A"),
                Column.of("Pressure", "pressure", "bar"),
                Column.of("Temperature", "temperature", "Cel"),
                Column.of("Thermocouple", "thermocouple", "Cel"),
                Column.of("Voltage", "voltage", "V"),
                Column.of("Volume Flow RateRMS", "flow", "L/min")));
        if (labelled) {
            columns.add(Column.of("anomaly", "anomaly", "1"));
            columns.add(Column.of("changepoint", "changepoint", "1"));
        }
        return new RecordingFormat(
                ';',
                true,
                false,
                Optional.of(new TimeColumn("datetime", "yyyy-MM-dd HH:mm:ss", false)),
                UNKNOWN_START,
                Duration.ofSeconds(1),
                columns);
    }
}
