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
