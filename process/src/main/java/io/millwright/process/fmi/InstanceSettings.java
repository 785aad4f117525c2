package io.millwright.process.fmi;

/// How an FMU is instantiated.
///
/// @param name of the instance, for its log; not empty
/// @param verbose whether it is asked to log more than mistakes
/// @param events whether its event mode is used, if it has one (FMI 3.0 section 4.2.1)
public record InstanceSettings(String name, boolean verbose, boolean events) {

    /// Few messages, with events.
    public static InstanceSettings named(String name) {
        return new InstanceSettings(name, false, true);
    }
}
