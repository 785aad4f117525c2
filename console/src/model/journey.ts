import type { Hop, Outcome, Role } from '../api/identity';

/** Where things stand in the drawing of a journey, in pixels: asker on the left, the nodes by tier to its right. */
export interface Place {
  readonly hop: Hop;
  /** The vertical line of who asks. */
  readonly spine: number;
  readonly x: number;
  /** The middle of the row. */
  readonly y: number;
  /** Part of the whole time before it was asked, and while it was: 0 to 1. */
  readonly from: number;
  readonly share: number;
}

export interface Drawing {
  readonly places: readonly Place[];
  readonly row: number;
  readonly head: number;
  readonly height: number;
  readonly totalMillis: number;
  /** Width of the strip in which the times are drawn to scale. */
  readonly track: number;
  readonly narrow: boolean;
}

const NARROW = 700;
const tiers: Record<Role, number> = { root: 0, national: 1, 'second-level': 2, enterprise: 3, recursive: 0 };

export function draw(hops: readonly Hop[], width: number, wholeMillis: number): Drawing {
  const narrow = width < NARROW;
  const row = narrow ? 92 : 62;
  const head = narrow ? 34 : 44;
  const step = narrow ? 10 : 40;
  const reach = narrow ? 74 : 112;
  const spineAt = 20;
  const totalMillis = Math.max(wholeMillis, 0.001, ...hops.map((hop) => hop.startMillis + hop.milliseconds));
  const left = new Map<number, number>();
  const places = hops.map((hop, i) => {
    const asker = hop.inside === null ? undefined : left.get(hop.inside);
    const spine = asker === undefined ? spineAt : asker + (narrow ? 10 : 24);
    const tier = hop.role ? tiers[hop.role] : 3;
    const x = asker === undefined ? spine + reach - spineAt + tier * step : spine + (narrow ? 44 : 88) + tier * (narrow ? 2 : 14);
    left.set(hop.hop, x);
    const from = Math.min(1, hop.startMillis / totalMillis);
    return { hop, spine, x, y: head + i * row + row / 2, from, share: Math.min(1 - from, hop.milliseconds / totalMillis) };
  });
  const track = narrow ? width - Math.max(0, ...places.map(({ x }) => x)) - 16 : Math.round(width * 0.3);
  return { places, row, head, height: head + hops.length * row, totalMillis, track, narrow };
}

/** Milliseconds with three figures that count. */
export function formatMillis(millis: number): string {
  const digits = millis >= 100 ? 0 : millis >= 10 ? 1 : 2;
  return `${millis.toFixed(digits)}\u202fms`;
}

/** How an outcome is meant: an answer, the way on, or a failure. */
export function toneOf(outcome: Outcome): 'answer' | 'onward' | 'absent' | 'failure' {
  switch (outcome) {
    case 'found': return 'answer';
    case 'referred': return 'onward';
    case 'not-found': return 'absent';
    default: return 'failure';
  }
}

/** A text cut where something is wrong with it, so that the places can be marked. Marks beyond the end stand behind it. */
export function marked(text: string, faults: readonly { at: number }[]): { text: string; fault: boolean }[] {
  const wrong = new Set(faults.map(({ at }) => at));
  const pieces: { text: string; fault: boolean }[] = [];
  let i = 0;
  while (i < text.length) {
    const end = i + (text.codePointAt(i)! > 0xffff ? 2 : 1);
    const fault = wrong.has(i);
    const last = pieces[pieces.length - 1];
    if (last && last.fault === fault && !fault) last.text += text.slice(i, end);
    else pieces.push({ text: text.slice(i, end), fault });
    i = end;
  }
  if (faults.some(({ at }) => at >= text.length)) pieces.push({ text: '', fault: true });
  return pieces;
}

/** Signs that cannot be seen, as signs that can: FNC1 comes as GS, U+001D. */
export function visible(text: string): string {
  return [...text].map((sign) => (sign < ' ' ? String.fromCharCode(0x2400 + sign.charCodeAt(0)) : sign)).join('');
}
