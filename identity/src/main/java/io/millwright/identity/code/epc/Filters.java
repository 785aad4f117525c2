package io.millwright.identity.code.epc;

/// What filter values mean (TDS 1.13, section 10).
final class Filters {

    private Filters() {}

    static String words(EpcScheme scheme, int filter) {
        if (filter == 0) {
            return "all others";
        }
        return switch (scheme) {
            case SGTIN ->
                switch (filter) {
                    case 1 -> "item sold at the point of sale";
                    case 2 -> "full case for transport";
                    case 4 -> "inner pack for handling";
                    case 6 -> "unit load";
                    case 7 -> "unit inside an item, not sold alone";
                    default -> "reserved";
                };
            case SSCC ->
                switch (filter) {
                    case 2 -> "full case for transport";
                    case 6 -> "unit load";
                    default -> "reserved";
                };
            case GIAI -> filter == 1 ? "rail vehicle" : "reserved";
            case GDTI -> filter == 1 ? "travel document" : "reserved";
            case USDOD, ADI -> "";
            default -> "reserved";
        };
    }
}
