package io.millwright.identity.template;

/// A value that is to stand in a record.
///
/// @param index where it is to stand
/// @param type the item's English name
/// @param value the text
public record Filled(int index, String type, String value) {}
