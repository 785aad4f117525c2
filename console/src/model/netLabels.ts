import { textWidth, type Place } from './netLayout';

/** What a name is written with where the drawing is not made smaller, and the least that can be read. */
const SIZE = 13;
const LEAST = 10;
/** So much of a box is not for its name; so much more where there is a mark beside it. */
const EDGE = 6;
const MARK = 22;
/** Fewer letters say nothing. */
const FEWEST = 8;

/** A name in a box: its size in the units of the drawing, and whether the mark of a switch has room beside it. */
export interface Label { text: string; size: number; marked: boolean }

/**
 * The name in a box, never smaller than it can be read: on a drawing that is made smaller it takes more of its box, then
 * loses its middle, and in the end is not there.
 */
export function labelIn(name: string, { width, kind }: Place, scale: number): Label | null {
  const size = Math.max(SIZE, LEAST / scale);
  const marked = kind === 'switch' && size === SIZE;
  const room = ((width - EDGE - (marked ? MARK : 0)) * SIZE) / size;
  const text = shortened(name, room);
  return text === null ? null : { text, size, marked };
}

/** A long name without its middle: what tells it from others is often at its end. Null where too little is left of it. */
function shortened(name: string, room: number): string | null {
  if (textWidth(name) <= room) return name;
  const letters = [...name];
  for (let kept = letters.length - 1; kept >= FEWEST - 1; kept--) {
    const text = `${letters.slice(0, Math.ceil(kept / 2)).join('')}…${letters.slice(letters.length - Math.floor(kept / 2)).join('')}`;
    if (textWidth(text) <= room) return text;
  }
  return null;
}

/** A name above its box: where its middle and its foot are, how wide it is and how tall its letters are. */
export interface Callout { x: number; y: number; width: number; size: number }

/** How tall the letters of a name beside its box are on the screen. */
const TOLD = 12;
/** Names have so many of their letters' heights around them that no other is there. */
const APART = 0.35;
/** Names beside boxes are bold: so much wider. */
const BOLD = 1.12;

/** Where a name stands above its box, within a drawing of a width. */
export function calloutOf(name: string, { x, y, height }: Place, scale: number, within: number): Callout {
  const size = TOLD / scale;
  const width = (textWidth(name) * BOLD * size) / SIZE;
  return { x: Math.min(Math.max(x, width / 2 + 2), within - width / 2 - 2), y: Math.max(size, y - height / 2 - size / 2), width, size };
}

/** As many nodes as can be named above their boxes with no name upon another or a switch: switches first, and those with most links. */
export function named(places: ReadonlyMap<string, Place>, links: ReadonlyMap<string, number>, scale: number, within: number): ReadonlySet<string> {
  const rank = (name: string) => (places.get(name)!.kind === 'switch' ? 1e6 : 0) + (links.get(name) ?? 0);
  const taken = new Map<string, Callout>();
  const switches = [...places.values()].filter(({ kind }) => kind === 'switch');
  for (const name of [...places.keys()].sort((a, b) => rank(b) - rank(a))) {
    const callout = calloutOf(name, places.get(name)!, scale, within);
    if (![...taken.values()].some((other) => meet(callout, other)) && !switches.some((box) => covers(callout, box))) taken.set(name, callout);
  }
  return new Set(taken.keys());
}

/** Whether a name is upon a box. */
function covers({ x, y, width, size }: Callout, box: Place): boolean {
  return Math.abs(x - box.x) < (width + box.width) / 2 && Math.abs(y - size / 3 - box.y) < (0.9 * size + box.height) / 2;
}

function meet(one: Callout, other: Callout): boolean {
  const apart = one.size * APART;
  return Math.abs(one.x - other.x) < (one.width + other.width) / 2 + 2 * apart && Math.abs(one.y - other.y) < one.size + 2 * apart;
}
