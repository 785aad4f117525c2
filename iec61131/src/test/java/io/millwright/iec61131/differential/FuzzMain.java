package io.millwright.iec61131.differential;
import java.util.*;
public class FuzzMain {
  public static void main(String[] a) {
    long seed = Long.parseLong(a[0]); int rounds = Integer.parseInt(a[1]); int pack = Integer.parseInt(a[2]);
    long t=System.nanoTime(); int bad=0, skipped=0, n=0; Set<String> reasons=new HashSet<>();
    for (int k=0;k<rounds;k++) {
      StringBuilder all=new StringBuilder(); List<Node> nodes=new ArrayList<>();
      for (int i=0;i<pack;i++) { Node p=Generator.program(seed+(long)k*pack+i, "_"+i); nodes.add(p); p.print(all); }
      String d=check(all.toString()); n+=pack;
      if (d!=null) for (int i=0;i<pack;i++) {
        String e=check(Generator.text(nodes.get(i)));
        if (e==null) continue;
        if (e.startsWith("INVALID")) { skipped++; if (reasons.add(e.substring(0,Math.min(30,e.length()))) ) System.out.println((seed+(long)k*pack+i)+" "+e); continue; }
        bad++; if (bad>6) continue;
        Node s=nodes.get(i); String why=e; int tries=0;
        outer: while (tries<400) { for (Node less : s.smaller()) { if (tries++>400) break; String x=check(Generator.text(less)); if (x!=null && !x.startsWith("INVALID")) { s=less; why=x; continue outer; } } break; }
        System.out.println("==== seed "+(seed+(long)k*pack+i)+": "+why+"\n"+Generator.text(s));
      }
      if (k%20==19) System.out.println(n+" programs, "+bad+" differ, "+skipped+" not compiled, "+(System.nanoTime()-t)/1000000+" ms");
    }
    System.out.println("DONE "+n+" programs, "+bad+" differ, "+skipped+" not compiled, "+(System.nanoTime()-t)/1000000+" ms");
  }
  static String check(String text) {
    try { return Differential.difference(text).orElse(null); }
    catch (IllegalArgumentException e) { return "INVALID "+e.getMessage(); }
    catch (Throwable e) { return "BROKE "+e+" "+Arrays.asList(e.getStackTrace()).subList(0,Math.min(8,e.getStackTrace().length)); }
  }
}
