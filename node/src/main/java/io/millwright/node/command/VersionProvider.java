package io.millwright.node.command;

import picocli.CommandLine.IVersionProvider;

/// Tells the version of `mw` from the manifest of its archive.
public final class VersionProvider implements IVersionProvider {

    /// The version, e.g. `0.1.0`.
    public static String version() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return version == null ? "built from source" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Millwright " + version()};
    }
}
