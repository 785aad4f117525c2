package io.millwright.iec61131.check;

import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Qualifier;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Property;
import io.millwright.iec61131.type.Variable.Role;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns declarations of variables into variables (6.5).
final class Variables {
    private final Context context;
    private final Types types;

    Variables(Context context, List<StructureType> unnamed) {
        this.context = context;
        this.types = new Types(context, unnamed);
    }

    /// One variable; of an [UnknownType] after saying what is wrong with its type, or with its value where that
    /// is all there is to it.
    Variable of(VariableBlock block, VariableDeclaration declaration, Role role) {
        Type type = type(declaration);
        check(declaration, type, role);
        Value initial = new Initializers(context).value(type, declaration.initializer());
        boolean unknown = initial == null && block.qualifiers().contains(Qualifier.CONSTANT);
        return new Variable(
                declaration.name().text(),
                unknown ? new UnknownType() : type,
                role,
                properties(block.qualifiers()),
                initial == null ? Defaults.of(type) : initial,
                declaration.address(),
                declaration.edge(),
                declaration.name().span());
    }

    private Type type(VariableDeclaration declaration) {
        Type type = declaration.type() == null ? new UnknownType() : types.of(declaration.type());
        if (type.resolved() instanceof GenericType) {
            Signature routine = context.routine();
            if (routine == null
                    || routine.parameters().stream().noneMatch(p -> p.type().isMistaken())) {
                context.error(
                        "E520",
                        declaration.span(),
                        type.name() + " is a generic type; only parameters and results of functions take it");
            }
            return new UnknownType();
        }
        return type;
    }

    private void check(VariableDeclaration declaration, Type type, Role role) {
        if (type.isMistaken()) {
            return;
        }
        Address address = declaration.address();
        if (address != null && address.area() != Address.Area.STRUCTURE) {
            checkLocated(declaration, type, address);
        }
        if (role != Role.IN_OUT && isAbstract(type)) {
            context.error(
                    "E547",
                    declaration.span(),
                    type.name()
                            + " is ABSTRACT and has no instances; declare one of a type that extends it, or REF_TO");
        }
        if (declaration.edge() != null && (type.elementary() != Elementary.BOOL || role != Role.INPUT)) {
            context.error("E521", declaration.span(), "an edge is declared of an input of BOOL alone");
        }
    }

    private void checkLocated(VariableDeclaration declaration, Type type, Address address) {
        if (!Packing.isPlain(type)) {
            context.error(
                    "E523",
                    declaration.span(),
                    type.name() + " has no bytes that could lie at an address; numbers, times, BOOL, texts, and arrays"
                            + " and structures of them have");
        } else if (type.isAggregate() && !address.isOpen() && Image.firstBit(address) % 8 != 0) {
            context.error(
                    "E523",
                    declaration.span(),
                    "%s takes whole bytes; its address is that of bit 0 of one, such as %%%s%d.0, not of bit %d"
                            .formatted(
                                    type.name(),
                                    address.area() == Address.Area.OUTPUT
                                            ? 'Q'
                                            : address.area().name().charAt(0),
                                    Image.firstBit(address) / 8,
                                    Image.firstBit(address) % 8));
        }
    }

    /// Blocks in the order in which they are looked at: constants may stand behind the variables whose lengths
    /// and first values need them.
    static List<VariableBlock> constantsFirst(List<VariableBlock> blocks) {
        return blocks.stream()
                .sorted(Comparator.comparingInt((VariableBlock b) -> b.section() == VariableBlock.Section.VAR_EXTERNAL
                        ? 0
                        : b.qualifiers().contains(Qualifier.CONSTANT) ? 1 : 2))
                .toList();
    }

    private static boolean isAbstract(Type type) {
        return switch (type.resolved()) {
            case ArrayType(var _, var element) -> isAbstract(element);
            case UnitType unit -> unit.modifiers().contains(Declaration.Modifier.ABSTRACT);
            default -> false;
        };
    }

    private static Set<Property> properties(Set<Qualifier> qualifiers) {
        Set<Property> properties = EnumSet.noneOf(Property.class);
        for (Qualifier qualifier : qualifiers) {
            switch (qualifier) {
                case CONSTANT -> properties.add(Property.CONSTANT);
                case RETAIN -> properties.add(Property.RETAIN);
                case PERSISTENT -> {
                    properties.add(Property.RETAIN);
                    properties.add(Property.PERSISTENT);
                }
                case PUBLIC -> properties.add(Property.PUBLIC);
                case PROTECTED -> properties.add(Property.PROTECTED);
                case PRIVATE -> properties.add(Property.PRIVATE);
                case INTERNAL -> properties.add(Property.INTERNAL);
                case NON_RETAIN -> {}
            }
        }
        return properties;
    }

    /// Whether a variable is an input that is TRUE only when it has just changed (6.5.6.4).
    static boolean hasEdge(Variable variable) {
        return variable.edge() != null && variable.type().elementary() == Elementary.BOOL;
    }

    /// The variable that holds what an input with an edge was in the scan before.
    static Variable beforeEdge(Variable input) {
        return new Variable(
                "~" + input.name(),
                Elementary.BOOL,
                Role.STATE,
                Set.of(),
                Defaults.of(Elementary.BOOL),
                null,
                null,
                input.declared());
    }

    /// Makes a name known; a second one of the same name is a mistake. What has no name, for it could not be
    /// read, may have any.
    static boolean declare(Context context, Scope scope, String name, Symbol symbol, Span span) {
        if (name.isEmpty()) {
            return true;
        }
        Symbol before = scope.declare(name, symbol);
        if (before == null) {
            return true;
        }
        Diagnostic twice = Diagnostic.error("E522", span, name + " is declared already");
        Span first = before.declared();
        context.diagnostics().add(first == null ? twice : twice.relatedTo(first, "the first declaration"));
        return false;
    }

    /// The role of the variables of a block that belongs to a unit with instances; null for those that are none
    /// of its own.
    static @Nullable Role roleInUnit(VariableBlock.Section section) {
        return switch (section) {
            case VAR_INPUT -> Role.INPUT;
            case VAR_OUTPUT -> Role.OUTPUT;
            case VAR_IN_OUT -> Role.IN_OUT;
            case VAR, VAR_STAT, VAR_INST, VAR_GLOBAL -> Role.STATE;
            case VAR_TEMP, VAR_EXTERNAL, VAR_CONFIG, VAR_ACCESS -> null;
        };
    }
}
