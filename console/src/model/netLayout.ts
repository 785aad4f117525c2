import type { Network } from '../api/network';
import { domainOf } from './domains';
import { kindOf, markOf } from './links';
import { unfolded, type Points } from './netUnfold';

/** Where a node is drawn: the middle of its box, in pixels. */
export interface Place { x: number; y: number; width: number; height: number; kind: 'switch' | 'station' }
export interface Layout { places: ReadonlyMap<string, Place>; width: number; height: number }

const HEIGHT = { switch: 40, station: 30 };
const GAP = 16;
/** So far a domain reaches around its nodes, and so much its name takes above that. */
export const HULL = 10;
const LABEL = 20;
const ROUNDS = 240;
const ROUNDS_APART = 80;
/** Up to so many nodes find their places from a circle; more would be drawn in folds. */
const FEW = 12;
/** So far a station keeps from the lines of others. */
const CLEAR = 5;
/** With more pairs of lines and boxes, stations are not moved off lines. */
const MOST_CROSSINGS = 40_000;

/** How wide a name is at 13 pixels: letters of East Asian scripts take twice the room. */
export function textWidth(name: string): number {
  return [...name].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e80 ? 13 : 7.2), 0);
}

export const MARK_HEIGHT = 18;

/** How wide the mark of a link's kind is. */
export function markWidth(mark: string): number {
  return Math.round(textWidth(mark) * 0.86 + 14);
}

/**
 * Draws a network by forces, always alike: what forwards, or has several links, pushes and pulls; what hangs on one node
 * is fanned out around it, away from the middle. Then boxes that overlap are moved apart, and stations off lines that
 * are not theirs.
 */
export function layout(network: Network, width: number, height: number): Layout {
  const names = [...Object.keys(network.switches), ...Object.keys(network.stations)];
  const neighbours = new Map(names.map((name) => [name, [] as string[]]));
  for (const { between: [a, b] } of network.links) {
    neighbours.get(a)?.push(b);
    neighbours.get(b)?.push(a);
  }
  const isLeaf = (name: string) => {
    const [host, another] = neighbours.get(name) ?? [];
    return !(name in network.switches) && host !== undefined && another === undefined && host in network.switches;
  };
  const core = names.filter((name) => !isLeaf(name));
  const points = forces(core, neighbours, new Map(names.map((name) => [name, domainOf(network, name)])));
  fan(names.filter(isLeaf), neighbours, points);
  return fit(network, names, points, width, height);
}

/** Fruchterman and Reingold, Software: Practice and Experience 21, 1991; few nodes begin on a circle in the order of the file. */
function forces(names: readonly string[], neighbours: ReadonlyMap<string, readonly string[]>, domains: ReadonlyMap<string, string | null>): Points {
  const many = names.length > FEW;
  const points: Points = many ? unfolded(names, neighbours) : new Map(names.map((name, i) => {
    const turn = (2 * Math.PI * i) / Math.max(1, names.length) - Math.PI / 2;
    return [name, { x: Math.cos(turn) * 1.6 + i * 1e-3, y: Math.sin(turn) }];
  }));
  const ideal = 1.4 / Math.sqrt(Math.max(1, names.length));
  // what is in one domain holds together
  const apartness = (a: string, b: string) => (domains.get(a) === domains.get(b) ? 1 : 1.5);
  for (let round = 0; round < ROUNDS; round++) {
    const heat = (many ? 0.03 : 0.12) * (1 - round / ROUNDS);
    const moves = new Map(names.map((name) => [name, { x: 0, y: 0 }]));
    for (let i = 0; i < names.length; i++) {
      for (let j = 0; j < i; j++) push(points, moves, names[i]!, names[j]!, (far) => (apartness(names[i]!, names[j]!) * ideal * ideal) / far);
      for (const other of neighbours.get(names[i]!)!) {
        if (points.has(other) && other < names[i]!) push(points, moves, names[i]!, other, (far) => -(far * far) / ideal / apartness(names[i]!, other));
      }
    }
    for (const [name, move] of moves) {
      const far = Math.hypot(move.x, move.y);
      const point = points.get(name)!;
      if (far > 0) {
        point.x += (move.x / far) * Math.min(far, heat);
        point.y += (move.y / far) * Math.min(far, heat);
      }
    }
  }
  return points;
}

function push(points: Points, moves: Points, a: string, b: string, strength: (far: number) => number): void {
  const [from, to] = [points.get(b)!, points.get(a)!];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.max(0.01, Math.hypot(dx, dy));
  const force = strength(far) / far;
  moves.get(a)!.x += dx * force;
  moves.get(a)!.y += dy * force;
  moves.get(b)!.x -= dx * force;
  moves.get(b)!.y -= dy * force;
}

/** Puts what hangs on one node around it, on the side that looks away from its other neighbours. */
function fan(leaves: readonly string[], neighbours: ReadonlyMap<string, readonly string[]>, points: Points): void {
  const byHost = new Map<string, string[]>();
  for (const leaf of leaves) {
    const host = neighbours.get(leaf)![0]!;
    byHost.set(host, [...(byHost.get(host) ?? []), leaf]);
  }
  const reach = 0.95 / Math.sqrt(Math.max(1, points.size));
  for (const [host, hung] of byHost) {
    const at = points.get(host)!;
    const others = neighbours.get(host)!.filter((name) => points.has(name) && !hung.includes(name)).map((name) => points.get(name)!);
    const sum = others.reduce((all, { x, y }) => ({ x: all.x + at.x - x, y: all.y + at.y - y }), { x: 0, y: 0 });
    const outwards = Math.hypot(sum.x, sum.y) > 1e-6 ? Math.atan2(sum.y, sum.x) : Math.PI / 2;
    const spread = others.length === 0 ? 2 * Math.PI : Math.min(1.5 * Math.PI, 0.8 * hung.length);
    hung.forEach((leaf, i) => {
      const turn = outwards + (others.length === 0 ? (spread * i) / hung.length : spread * ((i + 0.5) / hung.length - 0.5));
      points.set(leaf, { x: at.x + reach * Math.cos(turn) * 1.2, y: at.y + reach * Math.sin(turn) });
    });
  }
}

function fit(network: Network, names: readonly string[], points: Points, width: number, height: number): Layout {
  const places = new Map<string, Place>();
  for (const name of names) {
    const kind = name in network.switches ? 'switch' : 'station';
    places.set(name, { ...points.get(name)!, kind, height: HEIGHT[kind], width: Math.min(160, Math.max(48, textWidth(name) + 34)) });
  }
  const all = [...places.values()];
  if (all.length === 0) return { places, width, height };
  const need = all.reduce((sum, place) => sum + (place.width + 2 * GAP) * (place.height + 2 * GAP), 0) * (network.domains ? 3.2 : 2.2);
  const size = roomFor(need, width, height);
  const edge = network.domains ? { x: HULL + 4, y: HULL + LABEL } : { x: 2, y: 2 };
  stretch(all, 'x', size.width, edge.x);
  stretch(all, 'y', size.height, edge.y);
  const lines = network.links.flatMap((link): Line[] => {
    const [from, to] = [places.get(link.between[0]), places.get(link.between[1])];
    return from && to ? [{ from, to, mark: markOf(kindOf(link)) }] : [];
  });
  const room = roomBetween(network, places, lines);
  const few = lines.length * all.length <= MOST_CROSSINGS;
  for (let round = 0; round < ROUNDS_APART; round++) {
    const off = few && round < ROUNDS_APART / 2 && offLines(all, lines);
    if (!apart(all, room) && !off) break;
    inside(all, size, edge);
  }
  return { places, ...size };
}

/** Grows downwards first, as people scroll; sideways where it would become a ribbon. */
function roomFor(need: number, width: number, height: number): { width: number; height: number } {
  const tall = Math.min(Math.max(height, need / width), Math.max(height, 1.5 * width));
  if (width * tall >= need) return { width, height: tall };
  // as wide and high as the box, so that all of it can be seen there
  const wide = Math.min(4000, Math.max(width, Math.sqrt((need * width) / height)));
  return { width: wide, height: Math.min(3000, Math.max(tall, need / wide)) };
}

/** Lets the outermost boxes touch the edges. */
function stretch(places: readonly Place[], axis: 'x' | 'y', size: number, edge: number): void {
  const half = axis === 'x' ? 'width' : 'height';
  const values = places.map((place) => place[axis]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(...places.map((place) => place[half])) / 2 + Math.max(GAP, edge);
  for (const place of places) {
    place[axis] = most - least < 1e-6 ? size / 2 : margin + ((place[axis] - least) / (most - least)) * (size - 2 * margin);
  }
}

type Room = (a: Place, b: Place) => { x: number; y: number };

/** How far two boxes are to be from each other at least: more where the mark of a link is between them, or the edges of two domains. */
function roomBetween(network: Network, places: ReadonlyMap<string, Place>, lines: readonly Line[]): Room {
  const marked = new Map<Place, Map<Place, number>>();
  for (const { from, to, mark } of lines.filter((line) => line.mark)) {
    for (const [one, other] of [[from, to], [to, from]] as const) marked.set(one, (marked.get(one) ?? new Map<Place, number>()).set(other, markWidth(mark)));
  }
  const domains = network.domains && new Map([...places].map(([name, place]) => [place, domainOf(network, name)]));
  return (a, b) => {
    const mark = marked.get(a)?.get(b);
    const gap = domains === undefined ? GAP : domains.get(a) === domains.get(b) ? GAP + 6 : GAP + 2 * HULL;
    return mark === undefined ? { x: gap, y: gap } : { x: Math.max(gap, mark + GAP), y: Math.max(gap, MARK_HEIGHT + GAP) };
  };
}

/** Moves boxes that are too near apart where that takes the least; whether any did. */
function apart(places: readonly Place[], room: Room): boolean {
  let moved = false;
  for (let i = 0; i < places.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [places[i]!, places[j]!];
      const least = room(a, b);
      const dx = (a.width + b.width) / 2 + least.x - Math.abs(a.x - b.x);
      const dy = (a.height + b.height) / 2 + least.y - Math.abs(a.y - b.y);
      if (dx > 0.5 && dy > 0.5) {
        moved = true;
        const axis = dx < dy ? 'x' : 'y';
        const by = (Math.min(dx, dy) / 2) * (a[axis] >= b[axis] ? 1 : -1);
        a[axis] += by;
        b[axis] -= by;
      }
    }
  }
  return moved;
}

interface Line { from: Place; to: Place; mark: string }

/** Moves stations off the lines of others, to the side that is nearer; whether any was moved. */
function offLines(places: readonly Place[], lines: readonly Line[]): boolean {
  let moved = false;
  for (const place of places) {
    if (place.kind === 'switch') continue;
    for (const { from, to } of lines) {
      if (from === place || to === place) continue;
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const far = Math.max(1, Math.hypot(dx, dy));
      const along = ((place.x - from.x) * dx + (place.y - from.y) * dy) / far;
      const [nx, ny] = [-dy / far, dx / far];
      const aside = (place.x - from.x) * nx + (place.y - from.y) * ny;
      const reach = (Math.abs(nx) * place.width + Math.abs(ny) * place.height) / 2 + CLEAR;
      if (along < 0 || along > far || Math.abs(aside) >= reach - 0.5) continue;
      moved = true;
      const by = (reach - Math.abs(aside)) * (aside < 0 ? -1 : 1);
      place.x += nx * by;
      place.y += ny * by;
    }
  }
  return moved;
}

function inside(places: readonly Place[], size: { width: number; height: number }, edge: { x: number; y: number }): void {
  for (const place of places) {
    place.x = Math.min(size.width - place.width / 2 - edge.x, Math.max(place.width / 2 + edge.x, place.x));
    place.y = Math.min(size.height - place.height / 2 - edge.y, Math.max(place.height / 2 + edge.y, place.y));
  }
}
