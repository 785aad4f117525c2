package io.millwright.process.fmi;

import java.util.List;
import java.util.Locale;

/// The machine that an FMU's binary must be built for, by the names of the standard's folders (FMI 2.0 section
/// 2.3, FMI 3.0 section 2.5.1.4).
///
/// @param name as FMI 3 calls it, e.g. `x86_64-linux`
/// @param folders2 the folders of FMI 2, most usual first
/// @param suffix of its libraries
record Platform(String name, List<String> folders2, String suffix) {

    private static final Platform[] KNOWN = {
        new Platform("x86_64-linux", List.of("linux64"), ".so"),
        new Platform("x86_64-windows", List.of("win64"), ".dll"),
        new Platform("x86_64-darwin", List.of("darwin64"), ".dylib"),
        new Platform("aarch64-linux", List.of("aarch64-linux"), ".so"),
        new Platform("aarch64-darwin", List.of("aarch64-darwin", "darwin64"), ".dylib"),
        new Platform("aarch64-windows", List.of("aarch64-windows"), ".dll")
    };

    /// The machine that this runs on.
    static Platform here() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String os, String architecture) {
        String system = os.toLowerCase(Locale.ROOT);
        String kind = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "darwin" : "linux";
        String processor = architecture.equals("amd64") ? "x86_64" : architecture;
        for (var known : KNOWN) {
            if (known.name.equals(processor + "-" + kind)) {
                return known;
            }
        }
        String suffix = kind.equals("windows") ? ".dll" : kind.equals("darwin") ? ".dylib" : ".so";
        return new Platform(processor + "-" + kind, List.of(processor + "-" + kind), suffix);
    }

    /// The folders beneath `binaries` where its library may lie.
    List<String> folders(FmiVersion version) {
        return version == FmiVersion.V2 ? folders2 : List.of(name);
    }
}
