package io.millwright.identity.door;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Lists of a prefix's templates, and of the records registered by one. They are found by looking through the handles
/// in their order, so that how many are looked at is limited.
///
/// @param node whose they are
record RecordPages(Node node) {

    /// Handles that are looked at for one answer.
    static final int LOOKED_AT_MAX = 100_000;

    private static final int PART = 1000;

    /// A record in a list.
    ///
    /// @param owner the handle of its owner
    record Row(Handle handle, String owner, long createdSeconds, long updatedSeconds) {}

    /// From a moment to another, as `startTime` and `endTime` say it.
    record Span(long from, long to) {

        private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

        static Span of(Parameters parameters) throws RefusedException {
            return new Span(
                    seconds(parameters, "startTime", Long.MIN_VALUE), seconds(parameters, "endTime", Long.MAX_VALUE));
        }

        private static long seconds(Parameters parameters, String name, long otherwise) throws RefusedException {
            var text = parameters.first(name).orElse("");
            try {
                return text.isEmpty()
                        ? otherwise
                        : LocalDateTime.parse(text, MOMENT)
                                .atZone(ZoneId.systemDefault())
                                .toEpochSecond();
            } catch (DateTimeException e) {
                throw new RefusedException(name + " 应为 yyyy-MM-dd HH:mm:ss");
            }
        }

        boolean holds(long seconds) {
            return seconds >= from && seconds <= to;
        }
    }

    List<Handle> templates(String prefix) throws RefusedException {
        return starting(prefix, TemplateRecords.START, _ -> true);
    }

    /// @param start what the handles begin with; empty for all
    List<Row> registered(Handle template, String start) throws RefusedException {
        var prefix = template.prefix();
        boolean within = start.startsWith(prefix + "/");
        if (!start.isEmpty() && !within) {
            return List.of();
        }
        var rows = new ArrayList<Row>();
        var suffix = within ? start.substring(prefix.length() + 1) : "";
        var _ = starting(prefix, suffix, handle -> {
            row(handle, template).ifPresent(rows::add);
            return false;
        });
        return rows;
    }

    private Optional<Row> row(Handle handle, Handle template) {
        return node.find(handle)
                .filter(found -> found.value(Registrations.TEMPLATE_ID_INDEX)
                        .filter(v -> v.text().equalsIgnoreCase(template.toString()))
                        .isPresent())
                .map(RecordPages::row);
    }

    private static Row row(HandleRecord found) {
        long created = found.value(Registrations.TEMPLATE_ID_INDEX)
                .map(v -> Integer.toUnsignedLong(v.timestampSeconds()))
                .orElse(0L);
        long updated = found.values().stream()
                .mapToLong(v -> Integer.toUnsignedLong(v.timestampSeconds()))
                .max()
                .orElse(created);
        return new Row(found.handle(), TemplateDoor.owner(found.values()), created, updated);
    }

    private List<Handle> starting(String prefix, String suffix, Predicate<Handle> wanted) throws RefusedException {
        var start = Handle.of(prefix + "/" + suffix);
        var found = new ArrayList<Handle>();
        node.find(start).map(HandleRecord::handle).filter(wanted).ifPresent(found::add);
        var after = start;
        for (int looked = 0; looked < LOOKED_AT_MAX; looked += PART) {
            var part = node.handles(prefix, after, PART);
            for (var handle : part) {
                if (!handle.key().startsWith(start.key())) {
                    return found;
                }
                if (wanted.test(handle)) {
                    found.add(handle);
                }
            }
            if (part.size() < PART) {
                return found;
            }
            after = part.getLast();
        }
        throw new RefusedException("超过 " + LOOKED_AT_MAX + " 个标识, 请用 handleName 给出标识的开头");
    }
}
