import { expect, test } from 'vitest';
import type { Hop, KnownNode } from '../../src/api/identity';
import { draw, marked, visible } from '../../src/model/journey';
import { edgesOf, stateOf, tiersOf } from '../../src/model/nodes';

const hop = (number: number, role: Hop['role'], startMillis: number, milliseconds: number, inside: number | null = null): Hop => ({
  hop: number, inside, node: role, role, asked: 'UDP 127.0.0.1:2641', what: '0.NA/88', outcome: 'referred', responseCode: null, answer: '',
  startMillis, milliseconds, memory: null, ageSeconds: null,
});

test('a journey goes down and, tier by tier, to the right; its times are to scale', () => {
  const { places, totalMillis } = draw([hop(1, 'root', 0, 2), hop(2, 'national', 3, 1), hop(3, 'enterprise', 5, 5)], 900, 8);
  expect(totalMillis).toBe(10);
  expect(places.map(({ from, share }) => [from, share])).toEqual([[0, 0.2], [0.3, 0.1], [0.5, 0.5]]);
  for (const [above, below] of [[places[0]!, places[1]!], [places[1]!, places[2]!]] as const) {
    expect(below.y).toBeGreaterThan(above.y);
    expect(below.x).toBeGreaterThan(above.x);
    expect(below.spine).toBe(above.spine);
  }
});

test('what a recursive node asks hangs beneath that node', () => {
  const { places } = draw([hop(1, 'recursive', 0, 9), hop(2, 'root', 1, 2, 1)], 900, 9);
  expect(places[1]!.spine).toBeGreaterThan(places[0]!.x);
});

test('a narrow drawing leaves room for the boxes', () => {
  const { places, narrow, track } = draw([hop(1, 'recursive', 0, 9), hop(2, 'enterprise', 1, 2, 1)], 350, 9);
  expect(narrow).toBe(true);
  for (const { x } of places) expect(350 - x).toBeGreaterThan(180);
  expect(track).toBeGreaterThan(100);
});

// The place is counted in UTF-16 units, as the API says; what is missing at the end stands behind it.
test('what is wrong is marked at its place', () => {
  expect(marked('(01)23', [{ at: 4 }])).toEqual([{ text: '(01)', fault: false }, { text: '2', fault: true }, { text: '3', fault: false }]);
  expect(marked('88/', [{ at: 3 }])).toEqual([{ text: '88/', fault: false }, { text: '', fault: true }]);
  expect(marked('a😀b', [{ at: 1 }])).toEqual([{ text: 'a', fault: false }, { text: '😀', fault: true }, { text: 'b', fault: false }]);
  expect(visible('10AB\u001d21')).toBe('10AB␝21');
});

const node = (name: string, role: KnownNode['role'], more: Partial<KnownNode> = {}): KnownNode => ({
  name, role, prefix: '', prefixes: [], above: null, follows: null, administrator: null, state: 'running', address: null, records: 0, transaction: 0,
  requests: 0, notFound: 0, other: 0, connections: 0, rates: [], cache: null, replication: null, ...more,
});

test('a tree is drawn by tiers, a mirror beside its primary', () => {
  const nodes = [
    node('root', 'root'), node('a', 'enterprise', { above: 'root' }), node('b', 'enterprise', { above: 'root' }),
    node('mirror', 'enterprise', { above: 'root', follows: 'a' }), node('r', 'recursive'),
  ];
  expect(tiersOf(nodes).map(({ role, nodes: in_ }) => [role, in_.map(({ name }) => name)])).toEqual([
    ['recursive', ['r']], ['root', ['root']], ['enterprise', ['a', 'mirror', 'b']],
  ]);
  expect(edgesOf({ nodes, root: 'root', load: null, examples: [] })).toEqual([
    { from: 'root', to: 'a', kind: 'delegates' }, { from: 'root', to: 'b', kind: 'delegates' }, { from: 'a', to: 'mirror', kind: 'follows' },
    { from: 'r', to: 'root', kind: 'asks' },
  ]);
});

test('a mirror is told from one that is behind, or whose primary is away', () => {
  const following = (primaryPosition: number | null, lagMillis: number | null) =>
    stateOf(node('m', 'enterprise', { replication: { primary: 'p', position: 5, primaryPosition, lagMillis, lags: [] } }));
  expect([following(5, 0), following(9, 30_000), following(null, null), stateOf(node('x', 'root', { state: 'stopped' }))]).toEqual([
    'running', 'behind', 'unknown', 'stopped',
  ]);
});
