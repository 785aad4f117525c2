package io.millwright.connect.modbus;

import io.millwright.connect.Delivery;
import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.LinkTold;
import io.millwright.connect.PointDescription;
import io.millwright.connect.SessionLoop;
import io.millwright.connect.modbus.Layout.Unfit;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Signal;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A link to a Modbus TCP device.
final class ModbusLink implements Link, SessionLoop.Driver<ModbusSession> {

    private final String name;
    private final ModbusSettings settings;
    private final LinkContext context;
    private final SessionLoop<ModbusSession> loop;
    private final LongAdder skipped = new LongAdder();
    private volatile List<Signal> signals = List.of();
    private volatile Delivery delivery;

    ModbusLink(String name, ModbusSettings settings, LinkContext context) {
        this.name = name;
        this.settings = settings;
        this.context = context;
        delivery = new Delivery(context, signals);
        loop = new SessionLoop<>(name, context, this);
    }

    @Override
    public void start(List<Signal> started) {
        signals = List.copyOf(started);
        delivery = new Delivery(context, signals);
        loop.start();
    }

    @Override
    public LinkState state() {
        return loop.state();
    }

    @Override
    public long skipped() {
        return skipped.sum();
    }

    @Override
    public ModbusSession connect() throws LinkException, InterruptedException {
        return ModbusSession.open(settings, context.prompt());
    }

    @Override
    public void serve(ModbusSession session) throws LinkException, InterruptedException {
        new Poller(session, settings, context.time(), delivery, skipped, loop::connected).run(signals);
    }

    @Override
    public void lost(LinkException why) {
        delivery.allBad(why.quality());
    }

    @Override
    public Reading read(String text) throws LinkException {
        Point point = parse(text);
        return ask(session -> read(session, point));
    }

    @Override
    public Reading write(String text, Value value) throws LinkException {
        return write(text, value, () -> true).orElseThrow();
    }

    @Override
    public Optional<Reading> write(String text, Value value, BooleanSupplier allowed) throws LinkException {
        Point point = parse(text);
        if (!point.table().isWritable()) {
            throw new LinkException(
                    Quality.BAD_NOT_SUPPORTED,
                    Told.of("modbus-not-written", "a {table} cannot be written; a coil or holding can")
                            .with("table", point.table()));
        }
        byte[] wanted;
        try {
            wanted = point.encode(value, settings.order());
        } catch (Unfit e) {
            throw new LinkException(
                    e.isRange() ? Quality.BAD_OUT_OF_RANGE : Quality.BAD_TYPE_MISMATCH,
                    LinkTold.unfit(point, e.told()));
        }
        return ask(session ->
                write(session, point, wanted, allowed) ? Optional.of(read(session, point)) : Optional.empty());
    }

    @Override
    public boolean writesStates() {
        return true;
    }

    @Override
    public void browse(String from, int depth, Duration patience, Consumer<PointDescription> each)
            throws LinkException {
        List<Table> tables = from.isEmpty()
                ? List.of(Table.values())
                : List.of(Table.named(from)
                        .orElseThrow(() -> new LinkException(Told.of(
                                        "modbus-no-table",
                                        "\"{table}\" is no table; there are coil, discrete, holding, input")
                                .with("table", from))));
        long end = context.time().monotonicNanos() + patience.toNanos();
        for (Table table : tables) {
            ask(session -> {
                probe(session, table, end, each);
                return table;
            });
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    private static Point parse(String text) throws LinkException {
        try {
            return Point.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LinkException(Quality.BAD_CONFIGURATION_ERROR, Told.problem(e.getMessage()));
        }
    }

    /// What is done with a session for a single request.
    @FunctionalInterface
    private interface Request<T> {
        T on(ModbusSession session) throws LinkException, DeviceRefusal, InterruptedException;
    }

    private <T> T ask(Request<T> request) throws LinkException {
        ModbusSession session = loop.session();
        try {
            return request.on(session);
        } catch (DeviceRefusal e) {
            throw new LinkException(
                    DeviceExceptions.quality(e.code()),
                    Told.of("device-refuses", "{connection} refuses: {reason}")
                            .with("connection", name)
                            .with("reason", DeviceExceptions.told(e.code())));
        } catch (LinkException e) {
            loop.discard(session);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException(Told.of("link-waiting-interrupted", "waiting for {connection} was interrupted")
                    .with("connection", name));
        }
    }

    private Reading read(ModbusSession session, Point point) throws LinkException, DeviceRefusal, InterruptedException {
        byte[] answer = session.read(point.table(), point.address(), point.size());
        Value value = point.decode(answer, point.address(), settings.order());
        Quality quality = value instanceof Value.Missing ? Quality.BAD_DECODING_ERROR : Quality.GOOD;
        return new Reading(value, quality, context.time().epochNanos());
    }

    private boolean write(ModbusSession session, Point point, byte[] wanted, BooleanSupplier allowed)
            throws LinkException, DeviceRefusal, InterruptedException {
        return switch (point.layout()) {
            case Layout.Truth _ -> session.writeCoil(point.address(), wanted[0] != 0, allowed);
            case Layout.Bit bit -> {
                ByteOrder order = point.order().orElse(settings.order());
                byte[] which = order.write(1L << bit.number(), 2);
                yield session.writeBits(point.address(), register(which), register(wanted), allowed);
            }
            case Layout.Whole _, Layout.Floating _, Layout.Bcd _, Layout.Characters _ ->
                session.writeRegisters(point.address(), wanted, allowed);
        };
    }

    private static int register(byte[] bytes) {
        return (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
    }

    private void probe(ModbusSession session, Table table, long end, Consumer<PointDescription> each)
            throws LinkException, DeviceRefusal, InterruptedException {
        RangeProbe.Reader readable = (start, count) -> {
            try {
                session.read(table, start, count);
                return true;
            } catch (DeviceRefusal e) {
                return false;
            }
        };
        String type = table.holdsBits() ? "bool" : "uint16";
        new RangeProbe(readable, table.mostPerRequest(), () -> context.time().monotonicNanos() < end)
                .run((start, count) -> each.accept(new PointDescription(
                        table + "/" + start,
                        table + " " + start + " to " + (start + count - 1),
                        type + "[" + count + "]",
                        0,
                        true,
                        table.isWritable())));
    }
}
