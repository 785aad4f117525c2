package io.millwright.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// House rules that no compiler checks.
class TidyTest {

    private static final Path ROOT =
            Path.of(System.getProperty("mw.root")).toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".mw", "dist");
    private static final int MAX_COLUMNS = 120;
    private static final int MAX_FILE_LINES = 400;
    private static final int MAX_TEST_FILE_LINES = 600;
    private static final int MAX_METHOD_LINES = 60;

    /// Written with a class so that this file does not contain what it looks for.
    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO[D]O|FI[X]ME|XX[X]|HA[C]K)\\b");

    private static final Pattern NAME_THAT_SAYS_NOTHING =
            Pattern.compile(".*(Impl|Manager|Utils?|Helper|Base|Abstract|Info)\\.java|Abstract.*\\.java");

    private static final Pattern BACKTICKED = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

    @Test
    void javaLinesFitTheScreen() throws IOException {
        var violations = new ArrayList<String>();
        for (var file : files(".java")) {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).codePointCount(0, lines.get(i).length()) > MAX_COLUMNS) {
                    violations.add(at(file, i + 1) + " has more than " + MAX_COLUMNS + " columns");
                }
            }
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void javaFilesAreShort() throws IOException {
        var violations = new ArrayList<String>();
        for (var file : files(".java")) {
            int limit = file.toString().contains("/src/test/") ? MAX_TEST_FILE_LINES : MAX_FILE_LINES;
            int lines = Files.readAllLines(file).size();
            if (lines > limit) {
                violations.add(at(file, lines) + ": " + lines + " lines, at most " + limit);
            }
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void methodsFitAScreen() throws IOException {
        var violations = new ArrayList<String>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var sources = manager.getJavaFileObjectsFromPaths(files(".java"));
            var task = (JavacTask) compiler.getTask(null, manager, _ -> {}, null, null, sources);
            var trees = Trees.instance(task);
            int methods = 0;
            for (var unit : task.parse()) {
                var scanner = new MethodScanner(unit, trees, violations);
                scanner.scan(unit, null);
                methods += scanner.seen;
            }
            assertTrue(methods > 100, "only " + methods + " methods were looked at");
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void nothingIsLeftToBeDoneSilently() throws IOException {
        var violations = new ArrayList<String>();
        for (var file : files(".java", ".ts", ".tsx", ".md", ".sh", ".xml")) {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (LEFTOVER.matcher(lines.get(i)).find()) {
                    violations.add(at(file, i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void namesSayWhatThingsAre() throws IOException {
        var violations = files(".java").stream()
                .filter(f -> NAME_THAT_SAYS_NOTHING
                        .matcher(f.getFileName().toString())
                        .matches())
                .map(f -> ROOT.relativize(f).toString())
                .toList();
        assertEquals(List.of(), violations);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() throws IOException {
        var violations = new ArrayList<String>();
        for (var file : files(".java")) {
            var packageInfo = file.resolveSibling("package-info.java");
            if (file.toString().contains("/src/main/java/")
                    && !(Files.exists(packageInfo)
                            && Files.readString(packageInfo).contains("@NullMarked")
                            && Files.readString(packageInfo).startsWith("///"))) {
                violations.add(
                        ROOT.relativize(file) + " stands in a package without a described, @NullMarked package-info");
            }
        }
        assertEquals(List.of(), violations);
    }

    /// A path in backticks that starts with one of our folders, or a relative link, must lead somewhere.
    @Test
    void pathsNamedInMarkdownExist() throws IOException {
        var violations = new ArrayList<String>();
        int seen = 0;
        for (var file : files(".md")) {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                for (var path : pathsIn(file, lines.get(i))) {
                    seen++;
                    if (!Files.exists(path)) {
                        violations.add(at(file, i + 1) + ": " + ROOT.relativize(path) + " does not exist");
                    }
                }
            }
        }
        assertEquals(List.of(), violations);
        assertTrue(seen > 10, "only " + seen + " paths were looked at");
    }

    private static List<Path> pathsIn(Path file, String line) {
        var paths = new ArrayList<Path>();
        var backticked = BACKTICKED.matcher(line);
        while (backticked.find()) {
            var text = backticked.group(1);
            int slash = text.indexOf('/');
            boolean ours = slash > 0 && Files.isDirectory(ROOT.resolve(text.substring(0, slash)));
            if (ours && text.matches("[A-Za-z0-9_.\\-/]+") && !text.contains("target/")) {
                paths.add(ROOT.resolve(text));
            }
        }
        var link = LINK.matcher(line);
        while (link.find()) {
            if (!link.group(1).contains(":")) {
                paths.add(file.resolveSibling(link.group(1)).normalize());
            }
        }
        return paths;
    }

    @Test
    void everyPageOfTheDocumentationIsThereInChineseToo() throws IOException {
        var docs = ROOT.resolve("docs");
        var violations = files(".md").stream()
                .filter(f -> f.startsWith(docs) && !f.startsWith(docs.resolve("zh")))
                .map(f -> docs.resolve("zh").resolve(docs.relativize(f)))
                .filter(f -> !Files.exists(f))
                .map(f -> ROOT.relativize(f) + " is missing")
                .toList();
        assertEquals(List.of(), violations);
    }

    /// Chinese is set with Chinese marks (GB/T 15834): none of Latin script beside a character, but in code and links.
    @Test
    void chinesePagesHaveChinesePunctuation() throws IOException {
        var wrong = Pattern.compile("\\p{IsHan}[,;:?!]|[,;:?!]\\p{IsHan}");
        var violations = new ArrayList<String>();
        for (var file : files(".md")) {
            boolean chinese = file.startsWith(ROOT.resolve("docs/zh"))
                    || file.getFileName().toString().contains("zh-CN");
            boolean code = false;
            var lines = chinese ? Files.readAllLines(file) : List.<String>of();
            for (int i = 0; i < lines.size(); i++) {
                code ^= lines.get(i).strip().startsWith("```");
                var prose = lines.get(i).replaceAll("`[^`]*`|\\]\\([^)]*\\)|<[^>]*>", " ");
                if (!code && wrong.matcher(prose).find()) {
                    violations.add(at(file, i + 1) + ": " + lines.get(i));
                }
            }
        }
        assertEquals(List.of(), violations);
    }

    private static final class MethodScanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> violations;
        private int seen;

        MethodScanner(CompilationUnitTree unit, Trees trees, List<String> violations) {
            this.unit = unit;
            this.trees = trees;
            this.violations = violations;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            seen++;
            var positions = trees.getSourcePositions();
            long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
            long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
            if (end - start + 1 > MAX_METHOD_LINES) {
                violations.add("%s: %s has %d lines, at most %d"
                        .formatted(
                                at(Path.of(unit.getSourceFile().toUri()), (int) start),
                                method.getName(),
                                end - start + 1,
                                MAX_METHOD_LINES));
            }
            return super.visitMethod(method, nothing);
        }
    }

    private static String at(Path file, int line) {
        return ROOT.relativize(file) + ":" + line;
    }

    private static List<Path> files(String... endings) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (List.of(endings).stream().anyMatch(e -> file.toString().endsWith(e))) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertTrue(!found.isEmpty(), "nothing ends with " + List.of(endings));
        found.sort(null);
        return found;
    }
}
