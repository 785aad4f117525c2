/** What somebody typed, pasted or scanned, read as an identifier; or why it is none. */
export type Read = { identifier: string } | { wrong: 'noSlash' | 'noPrefix' | 'noSuffix' };

/** Schemes and addresses that carry an identifier: RFC 4452 (info), hdl and doi as they are written, their web proxies. */
const CARRIERS = /^(?:info:(?:hdl|doi)\/|(?:hdl|doi):(?:\/\/)?|https?:\/\/(?:hdl\.handle\.net|(?:dx\.)?doi\.org)\/(?:api\/handles\/)?)/i;
/** An address of this console, as a label may hold it. */
const CONSOLE = /^https?:\/\/[^#]*#\/identifiers\//i;

/**
 * Finds the identifier in what is around it: blanks, quotes, `hdl:`, a web address. Full-width signs of an input method
 * are read as what they mean in a prefix; the suffix is left as it is.
 */
export function readIdentifier(text: string): Read {
  // Zero-width signs come with text copied from documents and cannot be seen.
  let rest = text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').trim().replace(/^["'<“‘「]+|["'>”’」]+$/g, '').trim();
  const carrier = CONSOLE.exec(rest) ?? CARRIERS.exec(rest);
  if (carrier) {
    rest = rest.slice(carrier[0].length);
    if (/^https?:/i.test(carrier[0])) rest = decoded(rest.replace(/[?#].*$/, ''));
  }
  const slash = rest.search(/[/／]/);
  if (slash < 0) return { wrong: 'noSlash' };
  const prefix = rest.slice(0, slash).normalize('NFKC').replaceAll('。', '.').trim();
  const suffix = rest.slice(slash + 1).trim();
  if (prefix === '') return { wrong: 'noPrefix' };
  return suffix === '' ? { wrong: 'noSuffix' } : { identifier: `${prefix}/${suffix}` };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The known identifiers that somebody may have meant, nearest first: of that name, or with at most two letters wrong. */
export function nearest(text: string, known: readonly string[], most = 3): string[] {
  const wanted = suffixOf(text).toLowerCase().trim();
  if (wanted === '') return [];
  return known
    .map((identifier) => ({ identifier, distance: distance(wanted, suffixOf(identifier).toLowerCase()) }))
    .filter(({ distance: far, identifier }) => far <= Math.min(2, wanted.length / 2) && identifier !== text)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ identifier }) => identifier);
}

function suffixOf(identifier: string): string {
  return identifier.slice(identifier.indexOf('/') + 1);
}

/** Levenshtein's distance; lengths are bounded so that a pasted page costs nothing. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    }
    row = next;
  }
  return row[b.length]!;
}
