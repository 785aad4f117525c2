package io.millwright.process.serve;

import io.millwright.model.Quality;
import io.millwright.model.Range;
import io.millwright.model.Reading;
import io.millwright.model.Unit;
import io.millwright.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// One quantity that a simulated device offers: its name, its value now, and who hears of the next.
///
/// One thread updates a point; many may read it.
public final class Point {

    private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    private final String name;
    private final Unit unit;
    private final String description;
    private final Kind kind;
    private final Range range;
    private final Optional<Command> command;
    private final List<Consumer<Reading>> listeners = new CopyOnWriteArrayList<>();
    private volatile Reading reading;

    /// What kind of value a point has.
    public enum Kind {
        /// A double.
        REAL,
        /// A truth value.
        BOOL,
        /// A text.
        TEXT
    }

    /// What happens when somebody writes a point.
    @FunctionalInterface
    public interface Command {
        /// Obeys, or says why not.
        ///
        /// @throws IllegalArgumentException if the value cannot be taken; the message says what can
        void accept(Value value);
    }

    private Point(String name, Unit unit, String description, Kind kind, Range range, Optional<Command> command) {
        this.name = name;
        this.unit = unit;
        this.description = description;
        this.kind = kind;
        this.range = range;
        this.command = command;
        reading = new Reading(initial(kind), Quality.BAD_WAITING_FOR_INITIAL_DATA, 0);
    }

    /// A point that is only read.
    ///
    /// @param name asset and quantity, e.g. `pump-1.speed`
    /// @param unit a UCUM code
    public static Point measured(String name, String unit, String description) {
        return new Point(name, new Unit(unit), description, Kind.REAL, ANY, Optional.empty());
    }

    /// A text that is only read.
    public static Point text(String name, String description) {
        return new Point(name, Unit.ONE, description, Kind.TEXT, ANY, Optional.empty());
    }

    /// A point that is read and written.
    ///
    /// @param range what the command takes
    public static Point commanded(
            String name, String unit, String description, Kind kind, Range range, Command command) {
        return new Point(name, new Unit(unit), description, kind, range, Optional.of(command));
    }

    private static Value initial(Kind kind) {
        return switch (kind) {
            case REAL -> Value.of(0.0);
            case BOOL -> Value.of(false);
            case TEXT -> Value.of("");
        };
    }

    public String name() {
        return name;
    }

    public Unit unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    public Kind kind() {
        return kind;
    }

    /// What its values lie in; all numbers where nothing is known.
    public Range range() {
        return range;
    }

    public boolean writable() {
        return command.isPresent();
    }

    /// The value now.
    public Reading reading() {
        return reading;
    }

    /// Calls the listener with every update from now on, on the thread that updates.
    public void listen(Consumer<Reading> listener) {
        listeners.add(listener);
    }

    /// The device has a new good value.
    public void update(double value, long sourceNanos) {
        update(new Reading(Value.of(value), Quality.GOOD, sourceNanos));
    }

    /// The device has a new value.
    public void update(Reading next) {
        reading = next;
        for (var listener : listeners) {
            listener.accept(next);
        }
    }

    /// Somebody writes the point.
    ///
    /// @throws IllegalArgumentException if it cannot be written or not so; the message says why
    public void write(Value value) {
        boolean fits = switch (value) {
            case Value.Bool _ -> kind == Kind.BOOL;
            case Value.Int _ -> kind == Kind.REAL;
            case Value.Real real -> kind == Kind.REAL && Double.isFinite(real.value());
            case Value.Text _ -> kind == Kind.TEXT;
            case Value.Missing _ -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException(
                    name + " takes a " + (kind == Kind.BOOL ? "truth value" : "finite number") + ", not " + value);
        }
        command.orElseThrow(() -> new IllegalArgumentException(name + " is only read"))
                .accept(value);
    }
}
