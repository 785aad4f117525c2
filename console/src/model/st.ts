/** Structured Text for the eye: colours, units and what is declared in them. What runs is said by the node alone. */

export type TokenKind = 'keyword' | 'type' | 'comment' | 'pragma' | 'literal' | 'name' | 'other';

export interface Token { readonly kind: TokenKind; readonly text: string }

/** IEC 61131-3 (2013), 6.1.3 and the tables of its statements and declarations. */
const KEYWORDS = new Set((
  'PROGRAM END_PROGRAM FUNCTION END_FUNCTION FUNCTION_BLOCK END_FUNCTION_BLOCK CLASS END_CLASS INTERFACE END_INTERFACE METHOD '
  + 'END_METHOD PROPERTY END_PROPERTY ACTION END_ACTION VAR VAR_INPUT VAR_OUTPUT VAR_IN_OUT VAR_TEMP VAR_STAT VAR_EXTERNAL VAR_GLOBAL '
  + 'VAR_CONFIG VAR_ACCESS END_VAR TYPE END_TYPE STRUCT END_STRUCT UNION END_UNION CONFIGURATION END_CONFIGURATION RESOURCE END_RESOURCE '
  + 'TASK ON WITH NAMESPACE END_NAMESPACE USING CONSTANT RETAIN NON_RETAIN PERSISTENT AT IF THEN ELSIF ELSE END_IF CASE OF END_CASE FOR TO '
  + 'BY DO END_FOR WHILE END_WHILE REPEAT UNTIL END_REPEAT RETURN EXIT CONTINUE AND OR XOR NOT MOD ARRAY REF_TO REF NULL THIS SUPER '
  + 'EXTENDS IMPLEMENTS ABSTRACT FINAL OVERRIDE PUBLIC PRIVATE PROTECTED INTERNAL OVERLAP TEST END_TEST GOTO JMP'
).split(' '));
const TYPES = new Set((
  'BOOL BYTE WORD DWORD LWORD SINT INT DINT LINT USINT UINT UDINT ULINT REAL LREAL TIME LTIME DATE LDATE TOD LTOD TIME_OF_DAY '
  + 'DT LDT DATE_AND_TIME STRING WSTRING CHAR WCHAR POINTER'
).split(' '));

/** In order: comments of three kinds, pragmas, texts, typed and timed literals, numbers, addresses, names, the rest. */
const PIECE = new RegExp([
  String.raw`\(\*[\s\S]*?(?:\*\)|$)`, String.raw`/\*[\s\S]*?(?:\*/|$)`, String.raw`//[^\r\n]*`, String.raw`\{[^}]*\}?`,
  String.raw`'(?:\$.|[^'$\r\n])*'?`, String.raw`"(?:\$.|[^"$\r\n])*"?`,
  String.raw`[A-Za-z_]\w*#-?[\w.]+(?:[-:]\d[\w.]*)*`, String.raw`\d[\w]*(?:#\w+)?(?:\.\d[\d_]*(?:[Ee][+-]?\d+)?)?`, String.raw`%[IQMiqm][XBWDLxbwdl]?[\d.]+`,
  String.raw`[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*`, String.raw`\s+`, String.raw`[\s\S]`,
].map((part) => `(?:${part})`).join('|'), 'g');

function kindOf(text: string): TokenKind {
  const upper = text.toUpperCase();
  if (/^(\(\*|\/\*|\/\/)/.test(text)) return 'comment';
  if (text.startsWith('{')) return 'pragma';
  if (KEYWORDS.has(upper)) return 'keyword';
  if (TYPES.has(upper)) return 'type';
  if (/^['"\d]/.test(text) || /^\w+#/.test(text) || upper === 'TRUE' || upper === 'FALSE') return 'literal';
  return /^[A-Za-z_\u0080-\uffff%]/.test(text) ? 'name' : 'other';
}

/** The pieces of each line; a comment over several lines is a piece of each of them. */
export function tokensOf(text: string): Token[][] {
  const lines: Token[][] = [[]];
  for (const [piece] of text.matchAll(PIECE)) {
    const kind = kindOf(piece);
    piece.split(/\r\n|\r|\n/).forEach((part, i) => {
      if (i > 0) lines.push([]);
      if (part) lines[lines.length - 1]!.push({ kind, text: part });
    });
  }
  return lines;
}

/** A program, function block or class in a text, with the lines it has (from 1). */
export interface Unit { readonly name: string; readonly from: number; readonly to: number }

export interface Outline {
  readonly lines: readonly (readonly Token[])[];
  readonly units: readonly Unit[];
  /** For each line the paths that are named in it, relative to an instance; without what does not last from scan to scan. */
  readonly names: readonly (readonly string[])[];
}

const UNIT = /^(PROGRAM|FUNCTION_BLOCK|CLASS)$/;
const ROUTINE = /^(FUNCTION|METHOD|PROPERTY|ACTION|TEST)$/;
const MODIFIER = /^(PUBLIC|PRIVATE|PROTECTED|INTERNAL|ABSTRACT|FINAL|OVERRIDE)$/;

/** What a text declares and names, found without understanding it: enough to know which value belongs beside a line. */
export function outlineOf(text: string): Outline {
  const lines = tokensOf(text);
  const units: Unit[] = [];
  const names: Set<string>[] = lines.map(() => new Set());
  const flat = lines.flatMap((tokens, i) => tokens
    .filter(({ kind, text: t }) => kind !== 'comment' && kind !== 'pragma' && t.trim() !== '')
    .map((token) => ({ ...token, upper: token.text.toUpperCase(), line: i })));
  let unit: { name: string; from: number } | null = null;
  let routine = false;
  let section = '';
  let ofUnit = new Set<string>();
  let ofRoutine = new Set<string>();
  for (let i = 0; i < flat.length; i++) {
    const { kind, upper, line } = flat[i]!;
    if (kind === 'keyword') {
      if (UNIT.test(upper)) {
        unit = { name: nameAfter(flat, i), from: line + 1 };
        ofUnit = new Set();
        routine = false;
      } else if (ROUTINE.test(upper)) {
        routine = true;
        ofRoutine = new Set();
      } else if (/^END_(FUNCTION|METHOD|PROPERTY|ACTION|TEST)$/.test(upper)) routine = false;
      else if (/^END_(PROGRAM|FUNCTION_BLOCK|CLASS)$/.test(upper)) {
        if (unit) units.push({ ...unit, to: line + 1 });
        unit = null;
      } else if (upper.startsWith('VAR')) section = upper;
      else if (upper === 'END_VAR') section = '';
      continue;
    }
    if (kind !== 'name' || flat[i - 1]?.text === '.') continue;
    const { path, next } = chain(flat, i);
    const first = path.split(/[.[]/)[0]!.toUpperCase();
    const declares = section !== '' && (flat[next]?.text === ':' || flat[next]?.text === ',' || flat[next]?.upper === 'AT');
    if (declares && routine) ofRoutine.add(first);
    else if (declares && section === 'VAR_TEMP') ofUnit.add(first);
    if (!unit || ofUnit.has(first) || (routine && ofRoutine.has(first)) || flat[i - 1]?.text === ':') continue;
    if (isFormal(flat, i, next)) continue;
    names[line]!.add(path);
  }
  return { lines, units, names: names.map((set) => [...set]) };
}

type Flat = readonly { readonly kind: TokenKind; readonly text: string; readonly upper: string }[];

function nameAfter(flat: Flat, i: number): string {
  let at = i + 1;
  while (MODIFIER.test(flat[at]?.upper ?? '')) at++;
  return flat[at]?.text ?? '';
}

/** `a.b[1].c` as one path; an index that is no number ends it, as nobody here knows its value. */
function chain(flat: Flat, i: number): { path: string; next: number } {
  let path = flat[i]!.text;
  let next = i + 1;
  for (;;) {
    const word = flat[next + 1];
    if (flat[next]?.text === '.' && word?.kind === 'name') {
      path += `.${word.text}`;
      next += 2;
    } else if (flat[next]?.text === '[') {
      const end = flat.findIndex(({ text }, at) => at > next && text === ']');
      const index = end < 0 ? '' : flat.slice(next + 1, end).map(({ text }) => text).join('');
      if (!/^-?\d+(,-?\d+)*$/.test(index)) return { path: '', next };
      path += `[${index}]`;
      next = end + 1;
    } else return { path, next };
  }
}

/** Whether a name is one of what is called: `Gain` in `Loop(Gain := 3.0)`. */
function isFormal(flat: Flat, i: number, next: number): boolean {
  const follows = flat[next]?.text === ':' && flat[next + 1]?.text === '=' ? ':=' : flat[next]?.text === '=' && flat[next + 1]?.text === '>' ? '=>' : '';
  if (!follows) return false;
  return flat[i - 1]?.text === '(' || flat[i - 1]?.text === ',';
}

/** Paths of variables by their names in capitals: names in programs know no case. */
export function indexOf(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(paths.map((path) => [path.toUpperCase(), path]));
}

/** The variables that names in the text of an instance stand for. */
export function resolve(names: readonly string[], instance: string, index: ReadonlyMap<string, string>): { name: string; path: string }[] {
  return names.flatMap((name) => {
    const path = index.get(`${instance}.${name}`.toUpperCase()) ?? index.get(name.toUpperCase());
    return path ? [{ name, path }] : [];
  });
}

/** The place in a line of the stack of a fault: `Levels (levels.st:41)`. */
export function placeOf(frame: string): { source: string; line: number } | null {
  const match = /\((.*):(\d+)\)$/.exec(frame);
  return match ? { source: match[1]!, line: Number(match[2]) } : null;
}
