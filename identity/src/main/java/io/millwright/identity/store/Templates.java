package io.millwright.identity.store;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The templates of a store: learned from the records that are packed, kept for good, named by numbers from 1.
///
/// What has been seen [#SIGHTINGS] times becomes a template. Holes that were filled alike each time are constants of
/// it; if values come up that fill them differently they make another template, and after [#VARIANTS] of one skeleton
/// the next is more general than all of them. So whatever is stored, there are not many. A template is durable before
/// a record is packed against it.
///
/// ```text
/// | kind: 1 value, 2 record (1) | 1: the template of a value | 2: count (varint) { number of a value template (varint)
/// } |
/// ```
final class Templates {

    /// Makes a template durable.
    interface Keeper {
        void keep(int id, byte[] template);
    }

    static final int SIGHTINGS = 8;
    static final int VARIANTS = 4;

    private static final int VALUE = 1;
    private static final int RECORD = 2;
    private static final int TEMPLATES_MAX = 32_768;
    private static final int CANDIDATES_MAX = 4096;
    private static final int SKELETON_OCTETS_MAX = 8192;

    private static final int[] NONE = {};

    private final Keeper keeper;
    private final Map<Octets, List<ValueTemplate>> bySkeleton = new ConcurrentHashMap<>();
    private final Map<Octets, Integer> recordIds = new ConcurrentHashMap<>();
    private final Map<Octets, Candidate> candidates = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Octets, Candidate> eldest) {
            return size() > CANDIDATES_MAX;
        }
    };

    /// [ValueTemplate] or `int[]`, at their numbers; written again after each change, so that readers see it.
    private volatile @Nullable Object[] byId = new @Nullable Object[256];

    private int count;

    Templates(Keeper keeper) {
        this.keeper = keeper;
    }

    /// How many there are.
    synchronized int size() {
        return count;
    }

    /// Takes in a template that is durable already.
    synchronized void load(int id, byte[] template) throws MalformedException {
        var in = new WireReader(template);
        switch (in.u8("template kind")) {
            case VALUE -> add(ValueTemplate.decode(id, in));
            case RECORD -> add(id, readIds(in));
            default -> throw new MalformedException("template " + id + " is of an unknown kind");
        }
        in.expectEnd("template " + id);
    }

    private static int[] readIds(WireReader in) throws MalformedException {
        int[] ids = new int[Math.min(Varint.read(in, "template size"), in.remaining())];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Varint.read(in, "template value");
        }
        return ids;
    }

    private void add(ValueTemplate template) {
        var variants = new ArrayList<ValueTemplate>();
        variants.add(template); // The newest is tried first.
        variants.addAll(bySkeleton.getOrDefault(template.skeleton(), List.of()));
        put(template.id(), template);
        bySkeleton.put(template.skeleton(), List.copyOf(variants));
    }

    private void add(int id, int[] values) {
        put(id, values);
        recordIds.put(key(values), id);
    }

    private void put(int id, Object template) {
        var array = id < byId.length ? byId : Arrays.copyOf(byId, Math.max(id + 1, byId.length * 2));
        array[id] = template;
        byId = array;
        count = Math.max(count, id);
    }

    /// @throws MalformedException if there is none of this number
    ValueTemplate value(int id) throws MalformedException {
        if (at(id) instanceof ValueTemplate template) {
            return template;
        }
        throw new MalformedException("value template " + id + " is missing");
    }

    /// The value templates of a record template; not to be changed.
    ///
    /// @throws MalformedException if there is none of this number
    int[] record(int id) throws MalformedException {
        if (at(id) instanceof int[] ids) {
            return ids;
        }
        throw new MalformedException("record template " + id + " is missing");
    }

    /// The same for a number that may be 0, which stands for no values.
    int[] recordOrNone(int id) {
        return at(id) instanceof int[] ids ? ids : NONE;
    }

    /// The same for a number that is known to be one.
    ValueTemplate valueOf(int id) {
        return (ValueTemplate) Objects.requireNonNull(at(id));
    }

    private @Nullable Object at(int id) {
        @Nullable Object[] array = byId;
        return id > 0 && id < array.length ? array[id] : null;
    }

    /// The template the value belongs to; else the sketch is remembered, and may have become a template by that.
    Optional<ValueTemplate> value(Sketch sketch) {
        for (var variant : bySkeleton.getOrDefault(sketch.skeleton(), List.of())) {
            if (variant.fits(sketch.holes())) {
                return Optional.of(variant);
            }
        }
        return learn(sketch);
    }

    /// The record template of these values; 0 if there is none yet.
    int record(int[] values) {
        var key = key(values);
        var id = recordIds.get(key);
        return id != null ? id : learn(key, values);
    }

    private static Octets key(int[] values) {
        var out = new WireWriter(1 + 2 * values.length);
        Varint.write(values.length, out.u8(RECORD));
        for (int value : values) {
            Varint.write(value, out);
        }
        return out.toOctets();
    }

    private synchronized Optional<ValueTemplate> learn(Sketch sketch) {
        if (sketch.skeleton().length() > SKELETON_OCTETS_MAX || count >= TEMPLATES_MAX) {
            return Optional.empty();
        }
        var candidate = candidates.computeIfAbsent(sketch.skeleton(), s -> new Candidate(sketch.holes()));
        var constants = candidate.constants;
        generalize(constants, sketch.holes().stream().map(Optional::of).toList());
        if (++candidate.sightings < SIGHTINGS) {
            return Optional.empty();
        }
        candidates.remove(sketch.skeleton());
        var variants = bySkeleton.getOrDefault(sketch.skeleton(), List.of());
        if (variants.size() >= VARIANTS) {
            variants.forEach(v -> generalize(constants, v.constants()));
        }
        try {
            var template = new ValueTemplate(count + 1, sketch.skeleton(), constants);
            var out = new WireWriter().u8(VALUE);
            template.encode(out);
            keeper.keep(template.id(), out.toByteArray());
            add(template);
            return Optional.of(template);
        } catch (MalformedException e) {
            throw new IllegalStateException("a sketch makes no template", e);
        }
    }

    private synchronized int learn(Octets key, int[] values) {
        if (key.length() > SKELETON_OCTETS_MAX || count >= TEMPLATES_MAX) {
            return 0;
        }
        var candidate = candidates.computeIfAbsent(key, k -> new Candidate(List.of()));
        if (++candidate.sightings < SIGHTINGS) {
            return 0;
        }
        candidates.remove(key);
        keeper.keep(count + 1, key.toByteArray());
        add(count + 1, values.clone());
        return count;
    }

    private static void generalize(List<Optional<Octets>> constants, List<Optional<Octets>> others) {
        for (int i = 0; i < constants.size(); i++) {
            if (!constants.get(i).equals(others.get(i))) {
                constants.set(i, Optional.empty());
            }
        }
    }

    /// Seen, but not often enough yet.
    private static final class Candidate {

        final List<Optional<Octets>> constants;
        int sightings;

        Candidate(List<Octets> holes) {
            constants = new ArrayList<>(holes.stream().map(Optional::of).toList());
        }
    }
}
