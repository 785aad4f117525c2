package io.millwright.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Holds the module table of ARCHITECTURE.md: what each module may use.
class ModuleTableTest {

    private static final String ROOT = "io.millwright.";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("identity", Set.of("model")),
            Map.entry("connect", Set.of("model")),
            Map.entry("historian", Set.of("model")),
            Map.entry("process", Set.of("model", "connect")),
            Map.entry("testkit", Set.of("model")),
            Map.entry("iec61131", Set.of()),
            Map.entry("plc", Set.of("model", "iec61131")),
            Map.entry("network", Set.of("model")),
            Map.entry("certificate", Set.of()),
            Map.entry(
                    "bench",
                    Set.of(
                            "model",
                            "identity",
                            "connect",
                            "historian",
                            "process",
                            "iec61131",
                            "plc",
                            "network",
                            "certificate")),
            Map.entry(
                    "node",
                    Set.of(
                            "model",
                            "identity",
                            "connect",
                            "historian",
                            "process",
                            "iec61131",
                            "plc",
                            "network",
                            "certificate",
                            "bench")));

    /// Has no Java classes: its files are served by `node`.
    private static final Set<String> WITHOUT_CLASSES = Set.of("console");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.millwright");

    @Test
    void everyModuleUsesOnlyWhatTheTableAllows() {
        var violations = new TreeSet<String>();
        for (var user : classes) {
            for (var dependency : user.getDirectDependenciesFromSelf()) {
                var used = dependency.getTargetClass().getBaseComponentType();
                if (used.getPackageName().startsWith(ROOT) && !isAllowed(module(user), module(used))) {
                    violations.add(module(user) + " uses " + module(used) + ": " + dependency.getDescription());
                }
            }
        }
        assertEquals(Set.of(), violations);
    }

    /// A test of a table that saw no classes would hold for any table.
    @Test
    void everyModuleOfTheTableWasSeen() {
        var seen = new TreeMap<String, Integer>();
        classes.forEach(c -> seen.merge(module(c), 1, Integer::sum));
        assertEquals(new TreeSet<>(MAY_USE.keySet()), seen.keySet());
        seen.forEach((module, count) -> assertTrue(count > 3, module + " has only " + count + " classes"));
    }

    @Test
    void everyFolderWithPomStandsInTheTable() throws Exception {
        try (var folders = Files.list(Path.of(System.getProperty("mw.root")))) {
            var modules = folders.filter(f -> Files.exists(f.resolve("pom.xml")))
                    .map(f -> f.getFileName().toString())
                    .filter(name -> !WITHOUT_CLASSES.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(new TreeSet<>(MAY_USE.keySet()), modules);
        }
    }

    private static boolean isAllowed(String user, String used) {
        return user.equals(used) || MAY_USE.getOrDefault(user, Set.of()).contains(used);
    }

    private static String module(JavaClass c) {
        var name = c.getPackageName().substring(ROOT.length());
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
