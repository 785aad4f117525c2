import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Gives the classes of a jar the present form, where they are of the time before Java 6: those have no stack
/// maps (JVM specification, 4.7.4), are verified by the old way at every start, and no AOT cache takes them.
/// Run from its source, after the libraries were collected and before the caches are made: `java Renew.java
/// JAR…`.
final class Renew {
    /// The first version whose classes must have stack maps (JVM specification, 4.10).
    private static final int WITH_MAPS = ClassFile.JAVA_7_VERSION;

    private Renew() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            renew(Path.of(jar));
        }
    }

    private static void renew(Path jar) throws IOException {
        try (var inside = FileSystems.newFileSystem(jar);
                var files = Files.walk(inside.getPath("/"))) {
            // The verifier's assignments are between classes of the jar itself and those of Java.
            var resolver = ClassHierarchyResolver.ofResourceParsing(c ->
                            stream(inside.getPath("/" + c.packageName().replace('.', '/'), c.displayName() + ".class")))
                    .orElse(ClassHierarchyResolver.defaultResolver());
            var form = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
            List<Path> classes =
                    files.filter(f -> f.toString().endsWith(".class")).toList();
            for (Path file : classes) {
                ClassModel old = form.parse(Files.readAllBytes(file));
                if (old.majorVersion() < WITH_MAPS) {
                    Files.write(file, form.transformClass(old, renewed()));
                }
            }
        }
    }

    private static java.io.InputStream stream(Path file) {
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ClassTransform renewed() {
        return ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen((to, element) -> to.with(
                        element instanceof ClassFileVersion
                                ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                                : element));
    }
}
