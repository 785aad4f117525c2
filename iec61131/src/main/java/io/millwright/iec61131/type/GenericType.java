package io.millwright.iec61131.type;

import io.millwright.iec61131.type.Elementary.Family;

/// The generic types by which standard functions say what they take (Figure 5).
public enum GenericType implements Type {
    ANY,
    ANY_DERIVED,
    ANY_ELEMENTARY,
    ANY_MAGNITUDE,
    ANY_NUM,
    ANY_REAL,
    ANY_INT,
    ANY_UNSIGNED,
    ANY_SIGNED,
    ANY_DURATION,
    ANY_BIT,
    ANY_CHARS,
    ANY_STRING,
    ANY_CHAR,
    ANY_DATE;

    /// Whether values of a type may be given where this one is asked for.
    public boolean contains(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            boolean text = type.resolved() instanceof TextType;
            return switch (this) {
                case ANY -> true;
                case ANY_DERIVED -> !text;
                case ANY_ELEMENTARY, ANY_CHARS, ANY_STRING -> text;
                default -> false;
            };
        }
        Family family = elementary.family();
        return switch (this) {
            case ANY, ANY_ELEMENTARY -> true;
            case ANY_DERIVED -> type.resolved() instanceof EnumerationType;
            case ANY_MAGNITUDE -> ANY_NUM.contains(elementary) || family == Family.DURATION;
            case ANY_NUM -> elementary.isInteger() || family == Family.REAL;
            case ANY_REAL -> family == Family.REAL;
            case ANY_INT -> elementary.isInteger();
            case ANY_UNSIGNED -> family == Family.UNSIGNED;
            case ANY_SIGNED -> family == Family.SIGNED;
            case ANY_DURATION -> family == Family.DURATION;
            case ANY_BIT -> family == Family.BIT;
            case ANY_CHARS, ANY_CHAR -> family == Family.CHARACTER;
            case ANY_STRING -> false;
            case ANY_DATE -> family == Family.DATE || family == Family.TIME_OF_DAY || family == Family.DATE_AND_TIME;
        };
    }
}
