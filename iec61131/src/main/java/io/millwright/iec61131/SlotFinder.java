package io.millwright.iec61131;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds variables by paths as a program would write them: `tank.levels[2, 3].high`, `%QX0.1`.
record SlotFinder(List<Variable> globals, List<Program.Access> accesses, Machine machine) {
    private static final Pattern PATH = Pattern.compile("\\w+(\\[[^\\]]*\\])*(\\.\\w+(\\[[^\\]]*\\])*)*");
    private static final Pattern BITS = Pattern.compile("(.+)\\.(?:%([XBWDL]?))?(\\d{1,2})", Pattern.CASE_INSENSITIVE);
    private static final Pattern PART = Pattern.compile("\\.?(\\w+)|\\[([^\\]]*)\\]");
    private static final Pattern INDEX = Pattern.compile("\\s*-?\\d{1,9}\\s*");
    private static final Pattern ADDRESS = Pattern.compile("%([IQM])([XBWDL]?)(\\d{1,8})(?:\\.(\\d))?");

    /// Where a path leads, so far.
    private record Found(List<Step> steps, Type type) {
        Found then(Step step, Type next) {
            Step[] longer = steps.toArray(new Step[steps.size() + 1]);
            longer[steps.size()] = step;
            return new Found(List.of(longer), next);
        }
    }

    Optional<Slot> find(String path) {
        Program.Access access = access(path, accesses);
        if (access == null) {
            return found(path, path, null);
        }
        String whole = access.path() + path.substring(access.name().length());
        return found(path, whole, access.type().elementary()).map(s -> access.writable() ? s : s.readOnly());
    }

    /// The access path with which a path begins, or null.
    static Program.@Nullable Access access(String path, List<Program.Access> accesses) {
        for (Program.Access access : accesses) {
            int end = access.name().length();
            boolean begins = path.length() >= end
                    && Name.key(path.substring(0, end)).equals(Name.key(access.name()))
                    && (path.length() == end || path.charAt(end) == '.' || path.charAt(end) == '[');
            if (begins) {
                return access;
            }
        }
        return null;
    }

    /// @param name what was asked for
    /// @param type of a piece of the process image, or null for bits
    private Optional<Slot> found(String name, String path, @Nullable Elementary type) {
        if (path.startsWith("%")) {
            return ofImage(name, path, type);
        }
        Matcher bits = BITS.matcher(path);
        return bits.matches() ? part(name, bits.toMatchResult()) : plain(path).map(f -> slot(name, f));
    }

    /// Where names and indices lead, if that is a variable of an elementary type or a text.
    private Optional<Found> plain(String path) {
        Named named = named(path);
        return named == null || !isPlain(named.found().type()) ? Optional.empty() : Optional.of(named.found());
    }

    /// Some bits of a variable (6.5.5.5): `status.%X3`, `status.3`.
    private Optional<Slot> part(String name, MatchResult part) {
        String written = part.group(2) == null ? "" : Name.key(part.group(2));
        Address.Size size = written.isEmpty() ? Address.Size.X : Address.Size.valueOf(written);
        int shift = Integer.parseInt(part.group(3)) * size.bits();
        Found whole = plain(part.group(1)).orElse(null);
        Elementary of = whole == null ? null : whole.type().elementary();
        boolean fits = of != null
                && (of.isInteger() || of.family() == Elementary.Family.BIT)
                && shift + size.bits() <= of.bits();
        return fits && whole != null && of != null
                ? Optional.of(machine.slot(name, whole.steps(), of, type(size), shift))
                : Optional.empty();
    }

    private Slot slot(String path, Found found) {
        return machine.slot(path, found.steps(), found.type());
    }

    private static boolean isPlain(Type type) {
        return type.elementary() != null || type.resolved() instanceof TextType;
    }

    /// A place with its path as it is declared.
    private record Named(String path, Found found) {}

    /// Where names and indices lead, whatever it is.
    private @Nullable Named named(String path) {
        if (!PATH.matcher(path).matches()) {
            return null;
        }
        Variable qualified = Run.qualified(path, globals);
        var at = qualified == null
                ? new Named("", new Found(List.of(), Elementary.BOOL))
                : new Named(qualified.name(), new Found(List.of(new Step.Member(qualified)), qualified.type()));
        Matcher parts = PART.matcher(path).region(at.path().length(), path.length());
        while (parts.find()) {
            Found next = next(at.found(), parts.toMatchResult());
            if (next == null) {
                return null;
            }
            at = new Named(at.path() + written(at.found(), next), next);
        }
        return at;
    }

    /// The last step of a path as a program writes it.
    private static String written(Found at, Found next) {
        return switch (next.steps().getLast()) {
            case Step.Member(Variable member) -> (at.steps().isEmpty() ? "" : ".") + member.name();
            case Step.Element(int place) -> ((ArrayType) at.type().resolved()).written(place);
        };
    }

    private @Nullable Found next(Found at, MatchResult part) {
        return part.group(1) != null ? member(at, part.group(1)) : element(at, part.group(2));
    }

    private @Nullable Found member(Found at, String name) {
        List<Variable> variables = at.steps().isEmpty() ? globals : members(at.type());
        for (Variable variable : variables) {
            if (Name.key(variable.name()).equals(Name.key(name))) {
                return at.then(new Step.Member(variable), variable.type());
            }
        }
        return null;
    }

    /// What lies within a value itself. What an in-out stands for lies elsewhere.
    private static List<Variable> members(Type type) {
        List<Variable> all = switch (type.resolved()) {
            case UnitType unit -> unit.allVariables();
            case StructureType structure -> structure.fields();
            default -> List.of();
        };
        return all.stream()
                .filter(v -> v.role() != Role.IN_OUT || !v.type().isAggregate())
                .toList();
    }

    private static List<Variable> stored(Type type) {
        return type.resolved() instanceof StructureType structure ? structure.stored() : members(type);
    }

    private static @Nullable Found element(Found at, String indices) {
        if (!(at.type().resolved() instanceof ArrayType array)) {
            return null;
        }
        String[] written = indices.split(",", -1);
        boolean numbers = Arrays.stream(written).allMatch(w -> INDEX.matcher(w).matches());
        if (!numbers || written.length != array.ranges().size()) {
            return null;
        }
        int place = 0;
        for (int i = 0; i < written.length; i++) {
            ArrayType.Range range = array.ranges().get(i);
            int index = Integer.parseInt(written[i].strip());
            if (index < range.low() || index > range.high()) {
                return null;
            }
            place = place * (int) range.length() + index - range.low();
        }
        return at.then(new Step.Element(place), array.element());
    }

    private Optional<Slot> ofImage(String name, String path, @Nullable Elementary type) {
        Matcher written = ADDRESS.matcher(Name.key(path));
        if (!written.matches()) {
            return Optional.empty();
        }
        Address.Area area = switch (written.group(1)) {
            case "I" -> Address.Area.INPUT;
            case "Q" -> Address.Area.OUTPUT;
            default -> Address.Area.MEMORY;
        };
        Address.Size size = written.group(2).isEmpty() ? Address.Size.X : Address.Size.valueOf(written.group(2));
        List<Integer> numbers = new ArrayList<>(List.of(Integer.parseInt(written.group(3))));
        if (written.group(4) != null) {
            numbers.add(Integer.parseInt(written.group(4)));
        }
        var address = new Address(area, size, numbers);
        boolean isBit = size == Address.Size.X;
        boolean fits = (isBit ? numbers.getLast() < 8 : numbers.size() == 1)
                && Image.firstBit(address) + (long) size.bits() <= machine.area(address).length * 8L;
        return fits ? Optional.of(machine.slot(name, address, type == null ? type(size) : type)) : Optional.empty();
    }

    private static Elementary type(Address.Size size) {
        return switch (size) {
            case X -> Elementary.BOOL;
            case B -> Elementary.BYTE;
            case W -> Elementary.WORD;
            case D -> Elementary.DWORD;
            case L -> Elementary.LWORD;
        };
    }

    /// Every variable of an elementary type and every text at a path and beneath it, of all globals where it is
    /// empty, in order of declaration. No more are looked for than asked.
    List<Slot> beneath(String path, int most) {
        List<Slot> slots = new ArrayList<>();
        Predicate<Slot> visitor = slot -> {
            if (!isHidden(slot)) {
                slots.add(slot);
            }
            return slots.size() < most;
        };
        Named root = path.isEmpty() ? null : named(path);
        if (root != null) {
            visit(root.path(), root.found(), SlotFinder::members, visitor, _ -> {});
        } else if (path.isEmpty()) {
            boolean more = true;
            for (Variable global : globals) {
                more = more && (global.name().startsWith("~") || within(global, visitor));
            }
        } else {
            find(path).ifPresent(slots::add);
        }
        return slots;
    }

    /// Every variable of an elementary type and every text within a global, in order of declaration.
    List<Slot> within(Variable global) {
        List<Slot> slots = new ArrayList<>();
        within(global, slots::add);
        slots.removeIf(SlotFinder::isHidden);
        return slots;
    }

    private boolean within(Variable global, Predicate<Slot> visitor) {
        var start = new Found(List.of(new Step.Member(global)), global.type());
        return visit(global.name(), start, SlotFinder::members, visitor, _ -> {});
    }

    /// Everything within a global that lasts, in order of declaration. What overlaps is told by its bytes.
    ///
    /// @param references hears of what is neither elementary nor a text: references, pointers, interfaces
    void all(Variable global, Consumer<Slot> visitor, Consumer<String> references) {
        var start = new Found(List.of(new Step.Member(global)), global.type());
        Predicate<Slot> always = slot -> {
            visitor.accept(slot);
            return true;
        };
        visit(global.name(), start, SlotFinder::stored, always, references);
    }

    /// @param inside what of the variables within a value is looked at
    /// @param visitor says whether to go on
    /// @return whether it went to the end
    private boolean visit(
            String name,
            Found at,
            Function<Type, List<Variable>> inside,
            Predicate<Slot> visitor,
            Consumer<String> references) {
        Type type = at.type();
        if (isPlain(type)) {
            return visitor.test(slot(name, at));
        }
        boolean more = true;
        switch (type.resolved()) {
            case ArrayType array -> {
                int size = array.size();
                for (int i = 0; more && i < size; i++) {
                    Found element = at.then(new Step.Element(i), array.element());
                    more = visit(name + array.written(i), element, inside, visitor, references);
                }
            }
            case UnitType _, StructureType _ -> {
                for (Variable member : inside.apply(type)) {
                    Found inner = at.then(new Step.Member(member), member.type());
                    more = more && visit(name + "." + member.name(), inner, inside, visitor, references);
                }
            }
            default -> references.accept(name);
        }
        return more;
    }

    /// Whether a variable was not declared by the program: the bytes of what overlaps, what an edge remembers.
    private static boolean isHidden(Slot slot) {
        return slot.name().indexOf('~') >= 0;
    }
}
