package io.millwright.iec61131.type;

import io.millwright.iec61131.syntax.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How values lie in the bytes of an overlapping structure (6.4.4.9) or a union: one behind the other without
/// gaps, the lowest byte first. A BOOL takes a byte, of which the lowest bit counts, or the one bit that `AT
/// %X` says. A text takes one character more than it holds, so that it ends with a 0: its characters, of a
/// WSTRING the lower byte first, and zeros behind them. Of NaN there is one pattern of bits, since processors
/// make several.
public final class Packing {
    /// The numbers of places, as which pointers are seen, have 32 bits.
    private static final int POINTER_BYTES = 4;

    private Packing() {}

    /// How many bytes the common tools give a type.
    public static long bytes(Type type) {
        return bytes(type, new HashSet<>());
    }

    /// @param around the types that this one lies in; one that contains itself counts once
    private static long bytes(Type type, Set<Type> around) {
        Type resolved = type.resolved();
        if (!around.add(resolved)) {
            return 0;
        }
        long bytes = switch (resolved) {
            case TextType text -> (text.capacity() + 1L) * (text.wide() ? 2 : 1);
            case ArrayType array -> array.size() * bytes(array.element(), around);
            case StructureType structure
            when structure.overlap() -> {
                long most = 0;
                for (Variable field : structure.fields()) {
                    long before = (firstBit(structure, field) + 7) / 8;
                    most = Math.max(most, before + bytes(field.type(), around));
                }
                yield most;
            }
            case StructureType structure -> bytes(structure.fields(), around);
            case UnitType unit -> bytes(unit.allVariables(), around);
            default -> {
                Elementary elementary = type.elementary();
                yield elementary == null ? POINTER_BYTES : Math.max(1, elementary.bits() / 8);
            }
        };
        around.remove(resolved);
        return bytes;
    }

    private static long bytes(List<Variable> variables, Set<Type> around) {
        return variables.stream().mapToLong(v -> bytes(v.type(), around)).sum();
    }

    /// Whether values of a type can lie in bytes: all that is made of numbers and texts.
    public static boolean isPlain(Type type) {
        return isPlain(type, new HashSet<>());
    }

    private static boolean isPlain(Type type, Set<Type> around) {
        Type resolved = type.resolved();
        // What contains itself is found elsewhere.
        if (!around.add(resolved)) {
            return true;
        }
        boolean plain = switch (resolved) {
            case ArrayType array -> isPlain(array.element(), around);
            case StructureType structure -> structure.fields().stream().allMatch(f -> isPlain(f.type(), around));
            case TextType _, UnknownType _ -> true;
            default -> type.elementary() != null;
        };
        around.remove(resolved);
        return plain;
    }

    /// Where a field begins, in bits.
    public static long firstBit(StructureType structure, Variable field) {
        Address address = field.address();
        if (structure.overlap()) {
            return address == null || address.isOpen() ? 0 : firstBit(address);
        }
        long before = 0;
        for (Variable other : structure.fields()) {
            if (other == field) {
                return before * 8;
            }
            before += bytes(other.type());
        }
        throw new IllegalArgumentException(structure + " has no field " + field);
    }

    private static long firstBit(Address address) {
        boolean bit = address.size() == null || address.size() == Address.Size.X;
        List<Integer> path = address.path();
        return bit ? path.size() == 1 ? path.getFirst() : path.getFirst() * 8L + path.get(1) : path.getFirst() * 8L;
    }

    /// The value that lies in bytes from a bit on.
    public static Value get(byte[] bytes, long firstBit, Type type) {
        return switch (type.resolved()) {
            case ArrayType array -> {
                List<Value> values = new ArrayList<>();
                long step = bytes(array.element()) * 8;
                for (int i = 0; i < array.size(); i++) {
                    values.add(get(bytes, firstBit + i * step, array.element()));
                }
                yield new Value.Elements(values);
            }
            case StructureType structure -> {
                Map<Variable, Value> values = new LinkedHashMap<>();
                for (Variable field : structure.fields()) {
                    values.put(field, get(bytes, firstBit + firstBit(structure, field), field.type()));
                }
                yield new Value.Fields(values);
            }
            case TextType text -> text(bytes, firstBit, text);
            case UnknownType _ -> new Value.Usual();
            default -> plain(bits(bytes, firstBit, bits(type)), elementary(type));
        };
    }

    private static Value text(byte[] bytes, long firstBit, TextType type) {
        int width = type.wide() ? 16 : 8;
        var characters = new StringBuilder();
        for (int i = 0; i < type.capacity(); i++) {
            char character = (char) bits(bytes, firstBit + (long) i * width, width);
            if (character == 0) {
                break;
            }
            characters.append(character);
        }
        return new Value.Text(characters.toString());
    }

    private static void put(byte[] bytes, long firstBit, TextType type, String characters) {
        int width = type.wide() ? 16 : 8;
        int length = Math.min(characters.length(), type.capacity());
        for (int i = 0; i <= type.capacity(); i++) {
            set(bytes, firstBit + (long) i * width, width, i < length ? characters.charAt(i) : 0);
        }
    }

    private static Value plain(long bits, Elementary type) {
        return switch (type) {
            case BOOL -> new Value.Truth(bits != 0);
            case REAL -> new Value.Real(Float.intBitsToFloat((int) bits));
            case LREAL -> new Value.Real(Double.longBitsToDouble(bits));
            default -> new Value.Whole(type.isUnsigned() ? bits : bits << 64 - type.bits() >> 64 - type.bits());
        };
    }

    /// Puts a value into bytes from a bit on; of an aggregate what the value leaves out starts as declared.
    public static void put(byte[] bytes, long firstBit, Type type, Value given) {
        Value value = given instanceof Value.Usual ? Defaults.of(type) : given;
        switch (type.resolved()) {
            case ArrayType array -> {
                List<Value> values = value instanceof Value.Elements(var list) ? list : List.of();
                long step = bytes(array.element()) * 8;
                for (int i = 0; i < array.size(); i++) {
                    Value element = i < values.size() ? values.get(i) : new Value.Usual();
                    put(bytes, firstBit + i * step, array.element(), element);
                }
            }
            case StructureType structure -> {
                Map<Variable, Value> values = value instanceof Value.Fields(var map) ? map : Map.of();
                Map<Variable, Value> all = new HashMap<>(values);
                if (structure.overlap()) {
                    Variable whole = structure.bytes();
                    put(bytes, firstBit, whole.type(), all.getOrDefault(whole, whole.initial()));
                } else {
                    structure.fields().forEach(f -> all.putIfAbsent(f, f.initial()));
                }
                for (Variable field : structure.fields()) {
                    Value own = all.get(field);
                    if (own != null) {
                        put(bytes, firstBit + firstBit(structure, field), field.type(), own);
                    }
                }
            }
            case TextType text -> put(bytes, firstBit, text, value instanceof Value.Text(var of) ? of : "");
            case UnknownType _ -> {}
            default -> set(bytes, firstBit, bits(type), bits(value, elementary(type)));
        }
    }

    private static long bits(Value value, Elementary type) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth ? 1 : 0;
            case Value.Real(double real) ->
                type == Elementary.REAL ? Float.floatToIntBits((float) real) : Double.doubleToLongBits(real);
            case Value.Whole(long whole) -> whole;
            default -> throw new IllegalArgumentException(value + " is no value of " + type);
        };
    }

    private static int bits(Type type) {
        return elementary(type).bits();
    }

    private static Elementary elementary(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            throw new IllegalArgumentException(type.name() + " does not lie in bytes");
        }
        return elementary;
    }

    private static long bits(byte[] bytes, long firstBit, int count) {
        int at = (int) (firstBit >> 3);
        if (count == 1) {
            return bytes[at] >> (firstBit & 7) & 1;
        }
        long value = 0;
        for (int i = count / 8 - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        return value;
    }

    private static void set(byte[] bytes, long firstBit, int count, long value) {
        int at = (int) (firstBit >> 3);
        if (count == 1) {
            int mask = 1 << (firstBit & 7);
            bytes[at] = (byte) (value != 0 ? bytes[at] | mask : bytes[at] & ~mask);
            return;
        }
        for (int i = 0; i < count / 8; i++) {
            bytes[at + i] = (byte) (value >> 8 * i);
        }
    }
}
