package io.millwright.plc.change;

import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Property;
import io.millwright.model.Told;
import io.millwright.plc.change.Finding.Kind;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Says what else the declaration of a variable says now, besides its name and type.
record Redeclared(Findings findings, Variable old, Variable now) {

    void tell(String name) {
        boolean sameValue = Alike.values(old.initial(), now.initial());
        boolean comparable = now.isConstant() || Alike.types(old.type(), now.type());
        if (!sameValue && comparable && !Matching.isHidden(now)) {
            String first = Shown.value(now.type(), now.initial());
            String earlier = Shown.value(old.type(), old.initial());
            if (now.isConstant()) {
                findings.warn(
                        Kind.CONSTANT,
                        name,
                        earlier,
                        first,
                        Told.of("constant", "{subject} is {after} from now on, not {before}"));
            } else {
                findings.note(
                        Kind.INITIAL,
                        name,
                        earlier,
                        first,
                        Told.of("initial", "{subject} would start with {after}; it goes on with the value it has"));
            }
        }
        if (old.isConstant() != now.isConstant()) {
            findings.warn(
                    Kind.PROPERTY,
                    name,
                    constant(old),
                    constant(now),
                    now.isConstant()
                            ? Told.of(
                                    "constant-now", "{subject} is a constant now and takes the value that it declares")
                            : Told.of(
                                    "variable-now",
                                    "{subject} is a variable now and takes the value that it declares"));
        }
        Set<Property> keptBefore = kept(old);
        Set<Property> keptNow = kept(now);
        if (!keptBefore.equals(keptNow)) {
            findings.warn(
                    Kind.PROPERTY,
                    name,
                    text(keptBefore),
                    text(keptNow),
                    keptNow.isEmpty()
                            ? Told.of("kept-no-more", "{subject} is not kept over a restart any more")
                            : Told.of("kept-now", "{subject} is kept over a restart: {after}"));
        }
        Address from = old.address();
        if (!Objects.equals(from, now.address())) {
            findings.warn(
                    Kind.PROPERTY,
                    name,
                    String.valueOf(from),
                    String.valueOf(now.address()),
                    now.address() == null
                            ? Told.of("address-none", "{subject} lies at no address now, with the value it has")
                            : Told.of("address", "{subject} lies at {after} now, with the value it has"));
        }
    }

    private static String constant(Variable variable) {
        return variable.isConstant() ? "a constant" : "a variable";
    }

    private static Set<Property> kept(Variable variable) {
        Set<Property> kept = EnumSet.of(Property.RETAIN, Property.PERSISTENT);
        kept.retainAll(variable.properties());
        return kept;
    }

    private static String text(Set<Property> properties) {
        return properties.stream().map(Property::name).collect(Collectors.joining(" "));
    }
}
