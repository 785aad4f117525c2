import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Link, Network, StreamPlan } from '../../src/api/network';
import { asKind, delayText, isKept, kindOf, kindsIn, markOf, percentOf, shapingOf, withDelay, withShaping } from '../../src/model/links';
import { layout, MARK_HEIGHT, markWidth } from '../../src/model/netLayout';
import { asPlantFile, EXAMPLE, repaired, withoutNode } from '../../src/model/network';

/** A network with all that a plant file may say of one, as the node tells it; and as it is copied, which the node's tests read again. */
const file = (name: string) => readFileSync(new URL(`../network/${name}`, import.meta.url), 'utf8');
const kinds = JSON.parse(file('kinds.json')) as Network;

test('what is drawn is copied with all that it has: kinds, percentiles, ranges, slots, gates, forwarding, shapers', () => {
  expect(asPlantFile(kinds)).toBe(file('kinds.yaml'));
});

test('an edit leaves everything else as it is', () => {
  const left = withoutNode(kinds, 'io-1');
  expect(left.links).toEqual(kinds.links.filter(({ between }) => !between.includes('io-1')));
  expect({ ...left.switches }).toEqual(kinds.switches);
  const moved = repaired(kinds, { kind: 'move', names: ['agv-1', 'sw-2', 'sw-1'], value: 0, message: { text: '', code: '', arguments: {} } });
  expect(moved.links.find(({ between }) => between.includes('agv-1'))).toEqual({ ...kinds.links[4], between: ['agv-1', 'sw-1'] });
});

test('delays are shown as they are typed, and typed as they are shown', () => {
  for (const link of kinds.links) expect(withDelay(link, delayText(link))).toEqual(link);
  const radio = kinds.links[4]!;
  expect(delayText(radio)).toBe('50% 3ms, 99.9% 7ms');
  expect(withDelay(radio, ' 50 %: 3ms，99.999%= 12ms ').delay).toEqual({ '50%': '3ms', '99.999%': '12ms' });
  // what is no percentile is told by the node, not dropped
  expect(withDelay(radio, '7ms').delay).toEqual({ '7ms': '' });
  expect(withDelay({ between: ['a', 'b'], delay: '1us' }, '')).toEqual({ between: ['a', 'b'] });
});

test('a link becomes one of another kind with what that kind needs', () => {
  const cable: Link = { between: ['a', 'b'], rate: '100Mbps', delay: '1us..3us' };
  expect(asKind(cable, '5g')).toEqual({ between: ['a', 'b'], rate: '100Mbps', delay: { '99.9%': '10ms' }, kind: '5g' });
  expect(asKind(asKind(cable, 'pon'), 'cable')).toEqual(cable);
  expect(asKind(kinds.links[4]!, 'wifi')).toEqual({ ...kinds.links[4], kind: 'wifi' });
  expect(asKind(kinds.links[7]!, 'pon')).toBe(kinds.links[7]);
  expect(kindsIn(kinds)).toEqual(['cable', '5g', 'wifi', 'pon']);
  expect(kindsIn({ ...EXAMPLE, links: [{ between: ['a', 'b'], kind: 'laser' }] })).toEqual(['laser']);
  expect(['cable', '5g', 'wifi', 'pon', 'laser'].map(markOf)).toEqual(['', '5G', 'Wi-Fi', 'PON', 'laser']);
  expect(kindOf({ between: ['a', 'b'] })).toBe('cable');
});

test('a switch is shaped, shaped otherwise, and not at all', () => {
  const [credit, asynchronous, none] = ['sw-1', 'sw-2', 'olt'].map((name) => kinds.switches[name]!);
  expect([credit, asynchronous, none].map((found) => shapingOf(found!))).toEqual(['credit', 'asynchronous', 'none']);
  for (const found of Object.values(kinds.switches)) expect(withShaping(found, shapingOf(found))).toEqual(found);
  expect(withShaping(credit!, 'none')).not.toHaveProperty('shaper');
  expect(withShaping(asynchronous!, 'credit').shaper).toBe('20Mbps');
});

test('a stream over radio is kept if it is in time, and no more is lost than it tolerates', () => {
  const stream: StreamPlan = {
    name: 'x', scheduled: false, period: 5, deadline: 10, delay: null, bound: 7, beside: 9, likely: { probability: 0.999, loss: 0.001, enough: true }, shares: [], hops: [],
  };
  expect(isKept(stream, true)).toBe(true);
  expect(isKept({ ...stream, likely: null }, true)).toBe(true);
  expect(isKept({ ...stream, likely: { probability: 0.99, loss: 0.001, enough: false } }, true)).toBe(false);
  expect(isKept({ ...stream, beside: 11 }, true)).toBe(false);
  expect(isKept({ ...stream, shares: [{ domain: 'cell', delay: 5, budget: 4, holds: false }] }, true)).toBe(false);
  expect(isKept({ ...stream, beside: null }, true)).toBe(false);
  expect(isKept({ ...stream, beside: null, bound: 9 }, false), 'without a schedule its bound is that without gates').toBe(true);
  expect(isKept({ ...stream, bound: 11 }, false)).toBe(false);
  // 1 - 1e-4 and 29 % have no finite binary fraction
  expect([0.999, 0.9999, 0.29, 0.999999].map(percentOf)).toEqual(['99.9', '99.99', '29', '99.9999']);
});

test('the mark of a link has room between its ends, on a phone too', () => {
  for (const width of [350, 700]) {
    const { places } = layout(kinds, width, 420);
    for (const link of kinds.links.filter((each) => markOf(kindOf(each)))) {
      const [one, other] = link.between.map((name) => places.get(name)!);
      const clear = Math.abs(one!.x - other!.x) >= (one!.width + other!.width) / 2 + markWidth(markOf(kindOf(link))) || Math.abs(one!.y - other!.y) >= (one!.height + other!.height) / 2 + MARK_HEIGHT;
      expect(clear, `${link.between.join(' – ')} at ${width}`).toBe(true);
    }
  }
});
