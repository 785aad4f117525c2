package io.millwright.process.fmi;

/// What an FMU said through its logger.
///
/// @param status `OK`, `Warning`, `Discard`, `Error` or `Fatal`
/// @param category one of the model's own
/// @param text without control characters; of FMI 2 with its placeholders (`%s`), as the values to put there
///     are not read
public record LogMessage(String status, String category, String text) {}
