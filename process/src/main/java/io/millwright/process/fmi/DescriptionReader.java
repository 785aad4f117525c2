package io.millwright.process.fmi;

import io.millwright.model.Range;
import io.millwright.model.Unit;
import io.millwright.process.commissioning.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads modelDescription.xml (FMI 2.0 section 2.2, FMI 3.0 section 2.4).
final class DescriptionReader implements XmlSections.Visitor {

    static final int VARIABLES_MAX = 200_000;
    private static final Set<String> LISTS = Set.of("UnitDefinitions", "TypeDefinitions", "ModelVariables");
    private static final Set<String> INTERFACES = Set.of("ModelExchange", "CoSimulation", "ScheduledExecution");
    /// It becomes the name of a file.
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");

    private static final Map<String, VariableType> TYPES_2 = Map.of(
            "Real", VariableType.FLOAT64,
            "Integer", VariableType.INT32,
            "Boolean", VariableType.BOOLEAN,
            "String", VariableType.STRING,
            "Enumeration", VariableType.ENUMERATION);

    private final XmlSections xml;
    private final String place;
    private final Map<String, Map<String, String>> units = new HashMap<>();
    private final Map<String, Unit> codes = new HashMap<>();
    private final Map<String, Map<String, String>> types = new HashMap<>();
    private final List<String> interfaces = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private @Nullable Element root;
    private FmiVersion version = FmiVersion.V3;
    private @Nullable Capabilities coSimulation;
    private Experiment experiment = new Experiment(
            OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

    private DescriptionReader(String place) {
        this.place = place;
        xml = new XmlSections(place, LISTS);
    }

    /// @param place what messages begin with: the file
    static ModelDescription read(String place, byte[] content) {
        var reader = new DescriptionReader(place);
        reader.xml.read(content, reader);
        return reader.description();
    }

    private ModelDescription description() {
        var described = root;
        if (described == null) {
            throw new FmuError(place + ": is empty");
        }
        return new ModelDescription(
                version,
                described.attribute("fmiVersion", ""),
                required(described, "modelName"),
                described.attribute("description", ""),
                described.attribute("generationTool", ""),
                required(described, version == FmiVersion.V2 ? "guid" : "instantiationToken"),
                Optional.ofNullable(coSimulation),
                List.copyOf(interfaces),
                experiment,
                List.copyOf(variables));
    }

    @Override
    public void root(Element element) {
        if (!element.name().equals("fmiModelDescription")) {
            throw xml.error(element, "the outermost element is fmiModelDescription, not " + element.name());
        }
        String written = required(element, "fmiVersion");
        if (!written.matches("2\\.0.*|3\\.[0-9].*")) {
            throw xml.error(element, "FMI " + written + " is not read; FMI 2.0 and 3.0 are");
        }
        version = written.startsWith("2") ? FmiVersion.V2 : FmiVersion.V3;
        root = element;
    }

    @Override
    public void element(String section, Element element) {
        switch (section) {
            case "UnitDefinitions" -> {
                var base = element.child("BaseUnit");
                units.put(element.attribute("name", ""), base == null ? Map.of() : base.attributes());
            }
            case "TypeDefinitions" -> {
                boolean wrapped =
                        version == FmiVersion.V2 && !element.children().isEmpty();
                var type = wrapped ? element.children().getFirst() : element;
                types.put(element.attribute("name", ""), type.attributes());
            }
            case "ModelVariables" -> variable(element);
            case "DefaultExperiment" ->
                experiment = new Experiment(
                        real(element, "startTime"),
                        real(element, "stopTime"),
                        real(element, "tolerance"),
                        real(element, "stepSize"));
            default -> {
                if (INTERFACES.contains(section)) {
                    interfaces.add(section);
                    capabilities(element);
                }
            }
        }
    }

    private void capabilities(Element element) {
        String identifier = required(element, "modelIdentifier");
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw xml.error(
                    element,
                    "modelIdentifier names a file, so it is an identifier of C of at most 200" + " characters, not "
                            + Shown.quoted(identifier));
        }
        if (element.name().equals("CoSimulation")) {
            String saves = version == FmiVersion.V2 ? "canGetAndSetFMUstate" : "canGetAndSetFMUState";
            coSimulation = new Capabilities(
                    identifier,
                    truth(element, "needsExecutionTool"),
                    truth(element, "canHandleVariableCommunicationStepSize"),
                    real(element, "fixedInternalStepSize"),
                    truth(element, "hasEventMode"),
                    truth(element, "mightReturnEarlyFromDoStep"),
                    truth(element, "canBeInstantiatedOnlyOncePerProcess"),
                    truth(element, saves));
        }
    }

    private void variable(Element element) {
        if (variables.size() == VARIABLES_MAX) {
            throw xml.error(element, "there are more than " + VARIABLES_MAX + " variables");
        }
        Element typed = element;
        VariableType type = version == FmiVersion.V3 ? type3(element.name()) : null;
        if (version == FmiVersion.V2) {
            for (var child : element.children()) {
                type = type == null ? TYPES_2.get(child.name()) : type;
                typed = TYPES_2.containsKey(child.name()) ? child : typed;
            }
        }
        String name = required(element, "name");
        if (type == null) {
            throw xml.error(element, "the variable " + Shown.quoted(name) + " has no type that is known");
        }
        if (!names.add(name)) {
            throw xml.error(element, "there are two variables " + Shown.quoted(name));
        }
        variables.add(variable(element, typed, name, type));
    }

    private Variable variable(Element element, Element typed, String name, VariableType type) {
        var declared = types.getOrDefault(typed.attribute("declaredType", ""), Map.of());
        var causality = choice(element, "causality", Causality.LOCAL);
        return new Variable(
                name,
                reference(element),
                type,
                causality,
                choice(element, "variability", usualVariability(causality, type)),
                element.attribute("initial", usualInitial(causality)),
                start(typed, name, type),
                unit(typed, declared),
                range(typed, declared),
                dimensions(element),
                element.attribute("description", ""));
    }

    private static Variability usualVariability(Causality causality, VariableType type) {
        return switch (causality) {
            case PARAMETER, CALCULATED_PARAMETER, STRUCTURAL_PARAMETER -> Variability.FIXED;
            default -> type.isFloat() ? Variability.CONTINUOUS : Variability.DISCRETE;
        };
    }

    private static String usualInitial(Causality causality) {
        return switch (causality) {
            case PARAMETER, STRUCTURAL_PARAMETER, INPUT -> "exact";
            case CALCULATED_PARAMETER, OUTPUT, LOCAL -> "calculated";
            case INDEPENDENT -> "";
        };
    }

    private static @Nullable VariableType type3(String name) {
        for (var type : VariableType.values()) {
            if (type.text().equals(name)) {
                return type;
            }
        }
        return null;
    }

    private List<String> start(Element typed, String name, VariableType type) {
        var texts = new ArrayList<String>();
        String start = typed.attribute("start");
        if (start != null) {
            texts.addAll(Values.split(type, start));
        }
        for (var child : typed.children()) {
            if (child.name().equals("Start")) {
                texts.add(child.attribute("value", ""));
            }
        }
        try {
            return Values.parse(type, texts).texts(type);
        } catch (IllegalArgumentException e) {
            throw xml.error(typed, "start of " + Shown.quoted(name) + ": " + e.getMessage());
        }
    }

    private Unit unit(Element typed, Map<String, String> declared) {
        String name = typed.attribute("unit", declared.getOrDefault("unit", ""));
        return codes.computeIfAbsent(name, n -> Units.of(n, units.getOrDefault(n, Map.of())));
    }

    private Range range(Element typed, Map<String, String> declared) {
        double min = limit(typed, "min", declared, Double.NEGATIVE_INFINITY);
        double max = limit(typed, "max", declared, Double.POSITIVE_INFINITY);
        if (min > max) {
            throw xml.error(typed, "min " + min + " is above max " + max);
        }
        return min < max ? new Range(min, max) : Port.UNBOUNDED;
    }

    private double limit(Element typed, String key, Map<String, String> declared, double otherwise) {
        String text = typed.attribute(key, declared.getOrDefault(key, ""));
        return text.isEmpty() ? otherwise : number(typed, key, text);
    }

    private List<Variable.Dimension> dimensions(Element element) {
        var dimensions = new ArrayList<Variable.Dimension>();
        for (var child : element.children()) {
            if (child.name().equals("Dimension")) {
                String size = child.attribute("start");
                dimensions.add(
                        size == null
                                ? new Variable.Dimension.Structural(reference(child))
                                : new Variable.Dimension.Fixed(whole(child, "start", size)));
            }
        }
        return List.copyOf(dimensions);
    }

    private long reference(Element element) {
        return whole(element, "valueReference", required(element, "valueReference"));
    }

    private long whole(Element element, String key, String text) {
        try {
            return Integer.toUnsignedLong(Integer.parseUnsignedInt(text.strip()));
        } catch (NumberFormatException _) {
            throw xml.error(element, key + " is a whole number from 0 to 4294967295, not " + Shown.quoted(text));
        }
    }

    private OptionalDouble real(Element element, String key) {
        String text = element.attribute(key);
        return text == null ? OptionalDouble.empty() : OptionalDouble.of(number(element, key, text));
    }

    private double number(Element element, String key, String text) {
        try {
            double value = Double.parseDouble(text);
            if (!Double.isNaN(value)) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw xml.error(element, key + " is a number, not " + Shown.quoted(text));
    }

    private boolean truth(Element element, String key) {
        return switch (element.attribute(key, "false")) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw xml.error(element, key + " is true or false, not " + Shown.quoted(element.attribute(key, "")));
        };
    }

    private <E extends Enum<E>> E choice(Element element, String key, E usual) {
        String text = element.attribute(key);
        if (text == null) {
            return usual;
        }
        var names = new ArrayList<String>();
        for (E constant : usual.getDeclaringClass().getEnumConstants()) {
            String name = camel(constant.name());
            if (name.equals(text)) {
                return constant;
            }
            names.add(name);
        }
        throw xml.error(element, key + " is one of " + String.join(", ", names) + ", not " + Shown.quoted(text));
    }

    /// `CALCULATED_PARAMETER` as the standard writes it.
    static String camel(String constant) {
        var text = new StringBuilder();
        for (int i = 0; i < constant.length(); i++) {
            char c = constant.charAt(i);
            boolean begins = !text.isEmpty() && text.charAt(text.length() - 1) == '_';
            text.setLength(begins ? text.length() - 1 : text.length());
            text.append(begins || c == '_' ? c : Character.toLowerCase(c));
        }
        return text.toString();
    }

    private String required(Element element, String key) {
        String text = element.attribute(key);
        if (text == null || text.isEmpty()) {
            throw xml.error(element, element.name() + " needs the attribute " + key);
        }
        return text;
    }
}
