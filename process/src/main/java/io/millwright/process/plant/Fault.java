package io.millwright.process.plant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can go wrong in the demonstration plant on command. Each is an OPC UA node `ns=2;s=faults.` with its name: a
/// number, 0 for none, or a truth value.
public enum Fault {
    TANK_1_LEAK("cm2", 1, "Tank 1 leaks through a hole of this size", "水箱1泄漏(孔的面积)"),
    TANK_2_LEAK("cm2", 1, "Tank 2 leaks through a hole of this size", "水箱2泄漏(孔的面积)"),
    TANK_1_SENSOR_STUCK("", 1, "The level sensor of tank 1 keeps its last value", "水箱1液位传感器卡滞"),
    PUMP_EFFICIENCY_LOSS("1", 0.9, "Share of head and efficiency that pump-1 has lost", "泵1扬程与效率损失比例"),
    BEARING_OUTER_RACE("mm/s", 20, "Outer race defect of pump-1's bearing, velocity at BPFO", "泵1轴承外圈缺陷(外圈通过频率处的速度)"),
    BEARING_INNER_RACE("mm/s", 20, "Inner race defect of pump-1's bearing, velocity at BPFI", "泵1轴承内圈缺陷(内圈通过频率处的速度)"),
    WEAR_SPEED_UP("1", 1e9, "How much faster pump-1's bearing wears; 0 and 1 for nature", "泵1轴承磨损加速倍数"),
    PHASE_LOSS("", 1, "Phase 3 of the supply of pump-1 and meter-1 is open", "泵1与电表1供电缺相"),
    METER_2_OFFLINE("", 1, "meter-2 is gone (Sparkplug device death)", "电表2离线"),
    MODBUS_SILENT("", 1, "The tanks' controller does not answer Modbus", "水箱控制器不响应Modbus"),
    MODBUS_FAILING("", 1, "The tanks' controller answers Modbus with exception 4", "水箱控制器返回Modbus异常4");

    private final String unit;
    private final double max;
    private final String english;
    private final String chinese;

    Fault(String unit, double max, String english, String chinese) {
        this.unit = unit;
        this.max = max;
        this.english = english;
        this.chinese = chinese;
    }

    /// The fault of this name, e.g. `tank-1-leak`.
    public static Optional<Fault> of(String name) {
        return Arrays.stream(values()).filter(f -> f.text().equals(name)).findFirst();
    }

    /// Its name, e.g. `tank-1-leak`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The node that switches it, in plant-file notation.
    public String node() {
        return "ns=2;s=faults." + text();
    }

    /// Whether it is either there or not, rather than so and so severe.
    public boolean isSwitch() {
        return unit.isEmpty();
    }

    /// The unit of its severity as a UCUM code; `1` for a switch.
    public String unit() {
        return isSwitch() ? "1" : unit;
    }

    /// The worst there can be; the least is 0.
    public double max() {
        return max;
    }

    public String english() {
        return english;
    }

    public String chinese() {
        return chinese;
    }
}
