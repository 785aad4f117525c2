package io.millwright.node.command;

/// What the exit status of `mw` means.
public final class ExitStatus {

    /// It holds, or it worked.
    public static final int OK = 0;
    /// A check or a test failed, or the other side could not be reached.
    public static final int FAILED = 1;
    /// Bad input or usage, or what was given cannot be used: a port is taken, a folder cannot be written. A message on
    /// standard error says where and why.
    public static final int USAGE = 2;

    private ExitStatus() {}
}
