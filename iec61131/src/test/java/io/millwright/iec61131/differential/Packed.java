package io.millwright.iec61131.differential;

import java.util.List;
import java.util.Random;

/// What random programs do with values that lie in bytes: of a union, and of the process image. Texts among them.
final class Packed {
    private Packed() {}

    /// A union with texts, with the structure `S` of the program and with arrays.
    static String type(String id) {
        return """
                N%1$s : UNION t : STRING[5]; d : DWORD; b : ARRAY[0..6] OF BYTE; s : S%1$s;
                ts : ARRAY[1..2] OF STRING[3]; END_UNION;""".formatted(id);
    }

    /// Of the structure at an address some fields may lie beyond the image.
    static String variables(String id) {
        return "nu, nv : N%1$s; na : ARRAY[0..1] OF N%1$s; mt AT %%MB8 : STRING[4] := 'mt'; ms AT %%M20.0 : S%1$s; "
                .formatted(id);
    }

    /// Texts in bytes are no VAR_IN_OUT; [#statement] writes them.
    ///
    /// @param first the type of the structure's field `a`
    static List<Operations.Var> scope(String first) {
        return List.of(
                new Operations.Var("nu.t", "STRING", false),
                new Operations.Var("nu.d", "DWORD", true),
                new Operations.Var("nu.b[2]", "BYTE", true),
                new Operations.Var("nu.s.a", first, !first.equals("STRING")),
                new Operations.Var("nu.s.t", "STRING", false),
                new Operations.Var("nu.ts[2]", "STRING", false),
                new Operations.Var("na[1].t", "STRING", false),
                new Operations.Var("nv.t[1]", "BYTE", true),
                new Operations.Var("mt", "STRING", false),
                new Operations.Var("ms.a", first, !first.equals("STRING")),
                new Operations.Var("ms.t", "STRING", false));
    }

    /// A statement that copies texts, structures and unions.
    static String statement(Random random, String text, String octet, String structure) {
        List<String> all = List.of(
                "nu := nv;",
                "nv := nu;",
                "na[1] := nv;",
                "nv := na[1];",
                "nu.s := s1;",
                "s2 := nv.s;",
                "nu.s := nv.s;",
                "nv.s := " + structure + ";",
                "s1 := " + structure + ";",
                "ms := s2;",
                "s1 := ms;",
                "nu.s := ms;",
                "nv.ts := nu.ts;",
                "nv.t := " + text + ";",
                "na[ABS(ra) MOD 2].t := " + text + ";",
                "nv.ts[INDEX] := " + text + ";",
                "nu.t[INDEX] := " + octet + ";",
                "nv.s.t := CONCAT(nu.t, mt);",
                "mt := nu.t;",
                "nv.b[5] := " + octet + ";");
        String index = String.valueOf(random.nextInt(20) == 0 ? 5 : 1 + random.nextInt(2));
        return all.get(random.nextInt(all.size())).replace("INDEX", "ra * 0 + " + index);
    }
}
