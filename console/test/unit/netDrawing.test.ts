import { expect, test } from 'vitest';
import type { Network } from '../../src/api/network';
import { calloutOf, labelIn, named } from '../../src/model/netLabels';
import { layout, type Place } from '../../src/model/netLayout';
import { unfolded } from '../../src/model/netUnfold';

const SIDE = 8;
const at = (i: number, j: number) => `sw-${i}-${j}`;
const cells = Array.from({ length: SIDE * SIDE }, (_, n) => [Math.floor(n / SIDE), n % SIDE] as const);
const lines = cells.flatMap(([i, j]): [string, string][] => [...(i > 0 ? [[at(i - 1, j), at(i, j)] as [string, string]] : []), ...(j > 0 ? [[at(i, j - 1), at(i, j)] as [string, string]] : [])]);
const mesh: Network = {
  switches: Object.fromEntries(cells.map(([i, j]) => [at(i, j), { ports: 8 }])), streams: {},
  stations: Object.fromEntries(cells.map(([i, j]) => [`io-${i}${j}`, {}])),
  links: [...lines, ...cells.map(([i, j]): [string, string] => [`io-${i}${j}`, at(i, j)])].map((between) => ({ between })),
};

type Point = { x: number; y: number };
const turn = (a: Point, b: Point, c: Point) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
const cross = (a: Point, b: Point, c: Point, d: Point) => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

function crossings(places: ReadonlyMap<string, Point>): number {
  const drawn = lines.map(([a, b]) => [places.get(a)!, places.get(b)!] as const);
  return drawn.flatMap(([a, b], k) => drawn.slice(0, k).filter(([c, d]) => cross(a, b, c, d))).length;
}

test('a mesh of 64 switches lies flat: no two of its links cross', () => {
  const neighbours = new Map(cells.map(([i, j]) => [at(i, j), lines.flatMap(([a, b]) => (a === at(i, j) ? [b] : b === at(i, j) ? [a] : []))]));
  expect(crossings(unfolded([...neighbours.keys()], neighbours))).toBe(0);
  for (const [width, height] of [[370, 380], [700, 430]] as const) {
    const { places, ...size } = layout(mesh, width, height);
    expect(crossings(places)).toBe(0);
    expect(size.width / size.height, 'it has the shape of its box').toBeCloseTo(width / height, 1);
  }
});

test('a network in parts, and one of a single kind of place, are drawn without two nodes at one place', () => {
  const names = Array.from({ length: 20 }, (_, n) => `n${n}`);
  for (const neighbours of [new Map(names.map((name) => [name, [] as string[]])), new Map(names.map((name) => [name, names.filter((other) => other !== name)]))]) {
    const points = [...unfolded(names, neighbours).values()];
    expect(points.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(new Set(points.map(({ x, y }) => `${x} ${y}`)).size).toBe(20);
  }
});

test('a name is never written smaller than it can be read: first without its mark, then shortened, then not at all', () => {
  const box: Place = { x: 0, y: 0, width: 77, height: 40, kind: 'switch' };
  expect(labelIn('sw-1-1', box, 1)).toEqual({ text: 'sw-1-1', size: 13, marked: true });
  const smaller = labelIn('sw-1-1', box, 0.6)!;
  expect(smaller).toMatchObject({ text: 'sw-1-1', marked: false });
  expect(smaller.size * 0.6, 'pixels').toBeCloseTo(10);
  expect(labelIn('sw-1-1', box, 0.25)).toBeNull();
  const long = { ...box, width: 160 };
  expect(labelIn('switch-of-the-packing-hall-7', long, 1)!.text).toMatch(/^switch-of.*….*hall-7$/);
  expect(labelIn('switch-of-the-packing-hall-7', long, 0.6)!.text.length).toBeGreaterThanOrEqual(8);
});

test('from afar as many switches are named beside their boxes as can be read: no name upon another, over a switch or cut off', () => {
  const { places, width } = layout(mesh, 370, 380);
  const scale = 370 / width;
  const switches = [...places].filter(([, { kind }]) => kind === 'switch');
  const known = named(places, new Map(), scale, width);
  expect([...known].filter((name) => name.startsWith('sw')).length).toBeGreaterThan(20);
  const boxes = [...known].map((name) => {
    const { x, y, width: wide, size } = calloutOf(name, places.get(name)!, scale, width);
    expect([x - wide / 2 >= 0, x + wide / 2 <= width]).toEqual([true, true]);
    for (const [other, box] of switches) {
      const over = Math.abs(box.x - x) < (box.width + wide) / 2 && box.y - box.height / 2 < y && box.y + box.height / 2 > y - 0.7 * size;
      expect([name, other, over]).toEqual([name, other, false]);
    }
    return { name, left: x - wide / 2, right: x + wide / 2, top: y - size, bottom: y };
  });
  const upon = boxes.flatMap((a, i) => boxes.slice(0, i).filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).map((b) => [a.name, b.name]));
  expect(upon).toEqual([]);
});
