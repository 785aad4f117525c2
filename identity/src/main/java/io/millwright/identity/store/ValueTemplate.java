package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What many values have in common: a skeleton ([Sketch]), and of its holes those that are always filled alike.
final class ValueTemplate {

    private static final int TYPE_OCTETS_MAX = HandleValue.MAX_TYPE_BYTES;
    private static final int PARTS_OCTETS_MAX = 1 << 20;
    private static final int HOLES_MAX = 1 << 16;
    private static final int SHOWN_OCTETS_MAX = 32;

    private final int id;
    private final Octets skeleton;
    private final List<Optional<Octets>> constants;
    private final int index;
    private final TimeToLive ttl;
    private final Permissions permissions;
    private final String type;
    /// TTL, permissions and type, as they travel.
    private final Octets head;

    private final Field data;
    private final List<Referred> referred = new ArrayList<>();

    /// One part of a text.
    private sealed interface Part {
        /// The same in every value.
        record Literal(Octets text) implements Part {}

        /// The handle's own suffix.
        record Suffix() implements Part {}

        /// The value's own.
        record Own() implements Part {}
    }

    /// @param constant the whole text, if nothing in it differs
    private record Field(List<Part> parts, @Nullable Octets constant) {}

    private record Referred(
            int index, Field handle, @Nullable ValueReference constant) {}

    /// @param constants for each hole of the skeleton what always stands there; empty where it differs
    /// @throws MalformedException if the skeleton is none or has another number of holes
    ValueTemplate(int id, Octets skeleton, List<Optional<Octets>> constants) throws MalformedException {
        this.id = id;
        this.skeleton = skeleton;
        this.constants = List.copyOf(constants);
        var in = new WireReader(skeleton);
        index = in.int32("template index");
        ttl = new TimeToLive(in.u8("template TTL type"), in.int32("template TTL"));
        permissions = new Permissions(in.u8("template permissions"));
        type = in.text("template type", TYPE_OCTETS_MAX);
        head = new WireWriter(16 + type.length())
                .u8(ttl.type())
                .int32(ttl.seconds())
                .u8(permissions.bits())
                .text(type)
                .toOctets();
        int[] indexes = new int[Math.min(Varint.read(in, "template references"), in.remaining())];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = in.int32("template reference");
        }
        var holes = this.constants.iterator();
        try {
            data = field(in, holes);
            for (int reference : indexes) {
                var handle = field(in, holes);
                var constant = handle.constant == null ? null : new ValueReference(handle(handle.constant), reference);
                referred.add(new Referred(reference, handle, constant));
            }
        } catch (java.util.NoSuchElementException e) {
            throw new MalformedException("template " + id + " has more holes than " + constants.size());
        }
        if (holes.hasNext()) {
            throw new MalformedException("template " + id + " has fewer holes than " + constants.size());
        }
        in.expectEnd("template " + id);
    }

    private static Handle handle(Octets text) throws MalformedException {
        return Handle.spelled(text)
                .orElseThrow(() -> new MalformedException(
                        "the " + text.length() + " octets in the place of a handle spell none; they begin with "
                                + Octets.copy(text.toByteArray(), 0, Math.min(text.length(), SHOWN_OCTETS_MAX))));
    }

    private static Field field(WireReader in, java.util.Iterator<Optional<Octets>> holes) throws MalformedException {
        var parts = new ArrayList<Part>();
        var literal = new WireWriter(64);
        for (int kind = in.u8("template part"); kind != Sketch.END; kind = in.u8("template part")) {
            var text = switch (kind) {
                case Sketch.LITERAL -> Optional.of(in.plain("literal", Varint.read(in, "literal")));
                case Sketch.HOLE -> holes.next();
                default -> Optional.<Octets>empty();
            };
            if (text.isPresent()) {
                literal.plain(text.get());
                continue;
            }
            if (literal.size() > 0) {
                parts.add(new Part.Literal(literal.toOctets()));
                literal.clear();
            }
            parts.add(kind == Sketch.SUFFIX ? new Part.Suffix() : new Part.Own());
        }
        var rest = literal.toOctets();
        if (parts.isEmpty()) {
            return new Field(List.of(), rest);
        }
        if (rest.length() > 0) {
            parts.add(new Part.Literal(rest));
        }
        return new Field(List.copyOf(parts), null);
    }

    /// Reads what [#encode] wrote.
    static ValueTemplate decode(int id, WireReader in) throws MalformedException {
        var skeleton = in.octets("template", PARTS_OCTETS_MAX);
        int count = in.count("template holes", HOLES_MAX, 1);
        var constants = new ArrayList<Optional<Octets>>(count);
        for (int i = 0; i < count; i++) {
            constants.add(
                    in.u8("template hole") == 0
                            ? Optional.empty()
                            : Optional.of(in.octets("template hole", PARTS_OCTETS_MAX)));
        }
        return new ValueTemplate(id, skeleton, constants);
    }

    void encode(WireWriter out) {
        out.octets(skeleton).int32(constants.size());
        for (var constant : constants) {
            out.u8(constant.isPresent() ? 1 : 0);
            constant.ifPresent(out::octets);
        }
    }

    /// What a record names the template by; above 0.
    int id() {
        return id;
    }

    int index() {
        return index;
    }

    String type() {
        return type;
    }

    Permissions permissions() {
        return permissions;
    }

    Octets skeleton() {
        return skeleton;
    }

    List<Optional<Octets>> constants() {
        return constants;
    }

    /// Whether a value with this skeleton is one of the template's.
    boolean fits(List<Octets> holes) {
        for (int i = 0; i < constants.size(); i++) {
            var constant = constants.get(i);
            if (constant.isPresent() && !constant.get().equals(holes.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Writes what is the value's own, but for its timestamp.
    void write(List<Octets> holes, WireWriter out) {
        for (int i = 0; i < constants.size(); i++) {
            if (constants.get(i).isEmpty()) {
                Hole.write(holes.get(i), out);
            }
        }
    }

    /// Writes what is the value's own as [#write] does, without a sketch, if the value obviously is one of the
    /// template's.
    ///
    /// @return whether it was written
    boolean tryWrite(HandleValue value, Octets suffix, WireWriter out) {
        if (!referred.isEmpty() || !isLike(value)) {
            return false;
        }
        if (data.constant != null) {
            return data.constant.equals(value.data());
        }
        int start = out.size();
        boolean written = data.parts.size() > 1 && tryWrite(value.data(), suffix, out);
        if (!written) {
            out.truncate(start);
        }
        return written;
    }

    /// Whether what is the same in all values without references is the same in this.
    private boolean isLike(HandleValue value) {
        return value.index() == index
                && value.references().isEmpty()
                && value.permissions().bits() == permissions.bits()
                && value.ttl().seconds() == ttl.seconds()
                && value.ttl().type() == ttl.type()
                && value.type().equals(type);
    }

    private boolean tryWrite(Octets text, Octets suffix, WireWriter out) {
        int at = 0;
        for (var part : data.parts) {
            switch (part) {
                case Part.Literal(var literal) -> {
                    if (!text.holds(literal, at)) {
                        return false;
                    }
                    at += literal.length();
                }
                case Part.Suffix() -> {
                    if (!text.holds(suffix, at)) {
                        return false;
                    }
                    at += suffix.length();
                }
                case Part.Own() -> {
                    int end = Sketch.runEnd(text, at);
                    Hole.write(text, at, end, out);
                    at = end;
                }
            }
        }
        return at == text.length();
    }

    /// Reads what [#write] wrote.
    ///
    /// @param suffix of the handle whose value it is, UTF-8
    /// @param text to put texts together in
    HandleValue read(WireReader in, int timestampSeconds, byte[] suffix, WireWriter text) throws MalformedException {
        var octets = expand(data, in, suffix, text);
        if (referred.isEmpty()) {
            return new HandleValue(index, type, octets, permissions, ttl, timestampSeconds, List.of());
        }
        var references = new ArrayList<ValueReference>(referred.size());
        for (var one : referred) {
            references.add(
                    one.constant != null
                            ? one.constant
                            : new ValueReference(handle(expand(one.handle, in, suffix, text)), one.index));
        }
        return new HandleValue(index, type, octets, permissions, ttl, timestampSeconds, references);
    }

    /// Whether [#read] would read this value; costs less than reading it.
    boolean reads(HandleValue value, WireReader in, int timestampSeconds, byte[] suffix, WireWriter text)
            throws MalformedException {
        if (!referred.isEmpty()) {
            return read(in, timestampSeconds, suffix, text).equals(value);
        }
        return isLike(value) && value.timestampSeconds() == timestampSeconds && reads(value.data(), in, suffix, text);
    }

    private boolean reads(Octets expected, WireReader in, byte[] suffix, WireWriter text) throws MalformedException {
        if (data.constant != null) {
            return data.constant.equals(expected);
        }
        text.clear();
        append(data, in, suffix, suffix.length, text);
        return text.holds(expected);
    }

    /// Whether everyone may read its values.
    boolean isPublished() {
        return permissions.publicRead();
    }

    /// Reads what [#write] wrote, and appends the value as it travels.
    ///
    /// @param name the handle whose value it is, UTF-8
    /// @param suffixAt where its suffix begins
    void writeWire(WireReader in, int timestampSeconds, byte[] name, int suffixAt, WireWriter out)
            throws MalformedException {
        out.int32(index).int32(timestampSeconds).plain(head);
        expand(data, in, name, suffixAt, out);
        out.int32(referred.size());
        for (var one : referred) {
            expand(one.handle, in, name, suffixAt, out);
            out.int32(one.index);
        }
    }

    /// A length and the octets.
    private static void expand(Field field, WireReader in, byte[] name, int suffixAt, WireWriter out)
            throws MalformedException {
        if (field.constant != null) {
            out.octets(field.constant);
            return;
        }
        int lengthAt = out.size();
        out.int32(0);
        for (var part : field.parts) {
            switch (part) {
                case Part.Literal(var literal) -> out.plain(literal);
                case Part.Suffix() -> out.plain(name, suffixAt, name.length);
                case Part.Own() -> Hole.read(in, out);
            }
        }
        out.patchInt32(lengthAt, out.size() - lengthAt - 4);
    }

    private static Octets expand(Field field, WireReader in, byte[] suffix, WireWriter text) throws MalformedException {
        if (field.constant != null) {
            return field.constant;
        }
        text.clear();
        append(field, in, suffix, suffix.length, text);
        return text.toOctets();
    }

    private static void append(Field field, WireReader in, byte[] suffix, int suffixLength, WireWriter text)
            throws MalformedException {
        for (int i = 0; i < field.parts.size(); i++) {
            switch (field.parts.get(i)) {
                case Part.Literal(var literal) -> text.plain(literal);
                case Part.Suffix() -> text.plain(suffix, 0, suffixLength);
                case Part.Own() -> Hole.read(in, text);
            }
        }
    }
}
