import { expect, test } from 'vitest';
import { EventParser, type ServerEvent } from '../../src/api/events';
import type { Asset, Plant } from '../../src/api/types';
import { hrefOf, parseRoute } from '../../src/app/route';
import { keySignals, setPointOf, shapeOf } from '../../src/model/places';
import { matcher, rowsOf } from '../../src/model/tree';

const asset = (name: string, type: string, place: string | null, ...signals: string[]): Asset => ({
  name, type, place, identifier: `88.118.7/${name}`,
  signals: signals.map((each) => ({
    name: `${name}/${each}`, unit: 'cm', range: { min: 0, max: 20 }, from: `plc/${each}`, to: null, everyMillis: 100, writable: false,
  })),
});
const tank = asset('tank-1', 'ProcessTank', 'site/hall-a', 'sensor', 'level', 'set-point');
const plant: Plant = { name: 'p', prefix: '88.118.7', connections: [], assets: [tank, asset('fan', 'Fan', null, 'speed')] };

test('the tree shows places, assets and signals of what is open, and counts what is kept', () => {
  const rows = rowsOf(plant, () => true, (key) => key !== 'asset:fan');
  expect(rows.map(({ key, depth }) => `${depth} ${key}`)).toEqual([
    '0 place:site', '1 place:site/hall-a', '2 asset:tank-1', '3 tank-1/sensor', '3 tank-1/level', '3 tank-1/set-point', '0 asset:fan',
  ]);
  expect(rowsOf(plant, (_, signal) => signal.name === 'fan/speed', () => true).map(({ key }) => key)).toEqual(['asset:fan', 'fan/speed']);
});

test('every word of a search must occur somewhere, in any case', () => {
  const signal = tank.signals[1]!;
  expect(matcher('HALL-A level')(tank, signal)).toBe(true);
  expect(matcher('hall-b level')(tank, signal)).toBe(false);
  expect(matcher('  ')(tank, signal)).toBe(true);
});

test('a tank shows its level first and knows its set-point; without a level it is a card', () => {
  expect(shapeOf(tank)).toBe('tank');
  expect(keySignals(tank, 'tank').map(({ name }) => name)).toEqual(['tank-1/level', 'tank-1/set-point', 'tank-1/sensor']);
  expect(setPointOf(tank)?.name).toBe('tank-1/set-point');
  expect(shapeOf(asset('t', 'Tank', null, 'mass'))).toBe('card');
  expect(shapeOf(asset('c', 'Controller', null, 'mode'))).toBe('controller');
});

function eventsOf(...chunks: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const parser = new EventParser((event) => events.push(event));
  for (const chunk of chunks) parser.feed(chunk);
  return events;
}

// HTML Living Standard, 9.2.6: lines of data are joined, comments ignored, one space after the colon dropped.
test('events are found however the stream is cut', () => {
  expect(eventsOf('event: sam', 'ples\r\nda', 'ta: [1]\ndata:[2]\n\n: alive\n\ndata:x\n', '\n')).toEqual([
    { event: 'samples', data: '[1]\n[2]' }, { event: 'message', data: 'x' },
  ]);
  expect(eventsOf('event: state\ndata: unfinished\n')).toEqual([]);
});

test('an address leads to its page and back', () => {
  const route = parseRoute(hrefOf('identifiers', '88.118.7/a b', { q: 'x&y' }));
  expect([route.page, route.rest, route.search.get('q')]).toEqual(['identifiers', '88.118.7/a b', 'x&y']);
  expect(parseRoute('#/nowhere').page).toBe('overview');
  expect(parseRoute('#/identifiers/%E0%A4%A').rest).toBe('%E0%A4%A');
});
