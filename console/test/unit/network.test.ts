import { expect, test } from 'vitest';
import type { FailedPart, Failure, Message, Network, Plan } from '../../src/api/network';
import { sayIn } from '../../src/i18n/network';
import { networkSaidEn } from '../../src/i18n/network.en';
import { networkSaidZh } from '../../src/i18n/network.zh';
import { fateOf, numberOf, summary, takesLink, takesNode, wayAfter } from '../../src/model/failures';
import { layout } from '../../src/model/netLayout';
import { asPlantFile, conflictOf, EXAMPLE, EMPTY, formatNanos, formatQuantity, isFree, repaired, wayOf, withoutNode } from '../../src/model/network';
import { rowsOf, sendingAt, ticksOf } from '../../src/model/timetable';

const message: Message = { text: 't', code: 'unheard-of', arguments: {} };
const plan: Plan = {
  result: 'scheduled', hyperperiod: 1000, seconds: 0, verdict: null, kept: null, reasons: [], missing: [], conflicting: [], narrow: [], repairs: [], notes: [],
  ports: [{ from: 'a', to: 's', load: 0.2, rest: null, gates: [] }],
  streams: [
    { name: 'x', scheduled: true, period: 500, deadline: 500, delay: 90, bound: null, beside: null, likely: null, shares: [], hops: [{ from: 'a', to: 's', member: 0, queue: 7, start: 450, end: 540, arrival: 540 }] },
    { name: 'y', scheduled: true, period: 1000, deadline: 500, delay: 10, bound: null, beside: null, likely: null, shares: [], hops: [{ from: 'a', to: 's', member: 0, queue: 7, start: 1100, end: 1110, arrival: 1110 }] },
  ],
};

test('frames stand where their cycle puts them, also those of a frame released a cycle before', () => {
  const [row] = rowsOf(plan, null);
  expect(row!.sendings.map(({ stream, frame, start, end }) => [stream, frame, start, end])).toEqual([
    ['y', 0, 100, 110], ['x', 0, 450, 540], ['x', 1, 950, 1040],
  ]);
  expect(sendingAt(row!, 105, 0)?.stream).toBe('y');
  expect(sendingAt(row!, 300, 50)).toBeNull();
  expect(sendingAt(row!, 441, 10)?.stream).toBe('x');
});

test('axes have round ticks', () => {
  expect(ticksOf(0, 1000, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
  expect(ticksOf(0, 1_000_000, 9).length).toBeLessThanOrEqual(10);
});

test('times are read with four figures', () => {
  expect([0, 999, 1024, 40_342, 1_000_000, 12_345_678].map(formatNanos)).toEqual(['0 ns', '999 ns', '1.024 µs', '40.34 µs', '1 ms', '12.35 ms']);
});

test('quantities are read as times are; what is none stays', () => {
  expect(['500us', '1ms', '1.5kB', '1 fortnight', ' 2.5 us'].map(formatQuantity)).toEqual(['500 µs', '1 ms', '1.5 kB', '1 fortnight', '2.5 µs']);
});

test('no line passes below a station that is none of its ends, on a phone either', () => {
  const network: Network = {
    switches: { 'sw-1': { ports: 6 }, 'sw-2': { ports: 6 }, 'sw-3': { ports: 6 } }, streams: {},
    stations: Object.fromEntries(['controller', 'robot-1', 'robot-2', 'conveyor', 'io-1', 'camera-1', 'panel'].map((name) => [name, {}])),
    links: ([
      ['sw-1', 'sw-2'], ['sw-2', 'sw-3'], ['sw-3', 'sw-1'], ['controller', 'sw-1'], ['panel', 'sw-1'], ['robot-1', 'sw-2'], ['conveyor', 'sw-2'],
      ['robot-2', 'sw-3'], ['io-1', 'sw-3'], ['camera-1', 'sw-3'],
    ] as const).map((between) => ({ between })),
  };
  for (const width of [350, 800]) {
    const { places } = layout(network, width, 420);
    for (const { between: [a, b] } of network.links) {
      const [from, to] = [places.get(a)!, places.get(b)!];
      for (const name of Object.keys(network.stations).filter((station) => station !== a && station !== b)) {
        const { x, y, width: wide, height } = places.get(name)!;
        const under = Array.from({ length: 201 }, (_, i) => i / 200).some((part) =>
          Math.abs(from.x + part * (to.x - from.x) - x) < wide / 2 && Math.abs(from.y + part * (to.y - from.y) - y) < height / 2);
        expect(under, `${a} – ${b} below ${name} at ${width}`).toBe(false);
      }
    }
  }
});

test('no two boxes overlap and all lie inside, and the same network is drawn alike', () => {
  const network = { ...EXAMPLE, stations: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`station-with-a-name-${i}`, {}])) };
  const links = Object.keys(network.stations).map((name, i) => ({ between: [name, i % 2 ? 'sw-1' : 'sw-2'] as [string, string] }));
  const drawn = { ...network, links: [...links, { between: ['sw-1', 'sw-2'] as [string, string] }] };
  const { places, width, height } = layout(drawn, 390, 400);
  const all = [...places.values()];
  for (const [i, a] of all.entries()) {
    expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
    expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
    for (const b of all.slice(0, i)) {
      const overlaps = Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 1 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 1;
      expect(overlaps).toBe(false);
    }
  }
  expect(layout(drawn, 390, 400)).toEqual({ places, width, height });
  expect(layout(EMPTY, 390, 400).places.size).toBe(0);
});

test('with a node go its links and the streams that have nobody left', () => {
  const left = withoutNode(EXAMPLE, 'controller');
  expect(left.links.some(({ between }) => between.includes('controller'))).toBe(false);
  expect(Object.keys(left.streams)).toEqual([]);
  expect(Object.keys(withoutNode(EXAMPLE, 'io-1').streams)).toEqual(['axes', 'image']);
});

test('names are those of the plant file, each once', () => {
  expect(['sw-1', 'a b', '', '-x', '机器人-2', 'x/y'].map((name) => isFree(EXAMPLE, name))).toEqual([false, false, false, false, true, false]);
});

test('what is in conflict is what the reasons name, else the ways of the streams', () => {
  const refused: Plan = { ...plan, result: 'impossible', reasons: [{ message, streams: ['x'], links: [] }] };
  expect(conflictOf(refused)).toEqual({ streams: new Set(['x']), links: new Set(['a|s']) });
  expect(conflictOf({ ...refused, reasons: [{ message, streams: ['x'], links: [['s', 'b']] }] }).links).toEqual(new Set(['b|s']));
  expect(conflictOf(plan).links.size).toBe(0);
});

test('what would do is done to the drawing', () => {
  const moved = repaired(EXAMPLE, { kind: 'move', names: ['io-1', 'sw-2', 'sw-1'], value: 0, message });
  expect(moved.links).toContainEqual({ between: ['io-1', 'sw-1'], rate: '100Mbps' });
  expect(moved.links).toHaveLength(EXAMPLE.links.length);
  expect(repaired(EXAMPLE, { kind: 'relax', names: ['axes'], value: 140_000, message }).streams.axes?.deadline).toBe('140us');
  expect(repaired(EXAMPLE, { kind: 'drop', names: ['axes'], value: 0, message }).streams.axes).toBeUndefined();
});

test('a drawing is copied as a section of a plant file', () => {
  const text = asPlantFile(EXAMPLE);
  expect(text.startsWith('network:\n  switches:\n    "sw-1": {"ports":8,"rate":"1Gbps"}\n')).toBe(true);
  expect(text).toContain('\n  links:\n    - {"between":["sw-1","sw-2"]}\n');
  expect(asPlantFile(EMPTY)).toBe('network:\n');
});

test('what the node says is said in both languages, with its arguments; what is not known in its own words', () => {
  const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
  expect(Object.keys(networkSaidZh).sort()).toEqual(Object.keys(networkSaidEn).sort());
  for (const [code, text] of Object.entries(networkSaidEn)) expect(holes(networkSaidZh[code]!), code).toEqual(holes(text));
  const overload: Message = {
    text: '', code: 'overload', arguments: {
      link: { link: ['sw-1', 'io-1'] }, count: 2, percent: '112.0',
      streams: { more: 1, some: [{ code: 'share', arguments: { stream: 'a', needs: { nanos: 560_000 }, period: { nanos: 500_000 } } }] },
    },
  };
  expect(sayIn('en')(overload)).toBe('Link sw-1 → io-1: 112.0 % of its time is needed by streams that have no other way in time (2): a 560 µs of 500 µs and 1 more.');
  expect(sayIn('zh')(overload)).toBe('链路 sw-1 → io-1：2 条流若要按时到达就必须经过它，共需其时间的 112.0 %：a（每 500 µs 需 560 µs），另有 1 个。');
  expect(sayIn('zh')(message)).toBe('t');
});

test('each way of a redundant stream is told apart, and what both pass is of both', () => {
  const hop = (from: string, to: string, member: 1 | 2) => ({ from, to, member, queue: 7, start: 0, end: 1, arrival: 1 });
  const twice: Plan = { ...plan, streams: [{ ...plan.streams[0]!, hops: [hop('a', 's', 1), hop('s', 'b', 1), hop('a', 's', 2), hop('s', 'c', 2)] }] };
  expect([...wayOf(twice, 'x')]).toEqual([['a>s', 0], ['s>b', 1], ['s>c', 2]]);
  expect(wayOf(twice, null).size).toBe(0);
});

test('after a failure a stream goes its new way, a covered one keeps what is left, a lost one has none', () => {
  const hop = (from: string, to: string, member: 0 | 1 | 2) => ({ from, to, member, queue: 7, start: 0, end: 1, arrival: 1 });
  const before: Plan = {
    ...plan, streams: [
      { ...plan.streams[0]!, hops: [hop('a', 's', 0), hop('s', 'b', 0)] },
      { ...plan.streams[1]!, hops: [hop('a', 's', 1), hop('s', 'b', 1), hop('a', 't', 2), hop('t', 'b', 2)] },
      { ...plan.streams[1]!, name: 'z', hops: [hop('s', 'b', 0)] },
    ],
  };
  const failure: Failure = {
    failed: { kind: 'link', nodes: ['b', 's'] }, untouched: [], covered: [{ stream: 'y', gone: [] }], reduced: [], open: [], changes: [],
    moved: [{ stream: 'x', gone: [], before: 1, delay: 2, outage: 9, framesLost: 1, hops: [hop('a', 't', 0), hop('t', 'b', 0)] }],
    lost: [{ stream: 'z', proof: message }], verified: true, violations: [], outage: 9, seconds: 0,
  };
  expect([...wayAfter(before, failure, 'x').keys()]).toEqual(['a>t', 't>b']);
  expect([...wayAfter(before, failure, 'y')]).toEqual([['a>s', 1], ['a>t', 2], ['t>b', 2]]);
  expect(wayAfter(before, failure, 'z').size).toBe(0);
  expect([...wayAfter(before, null, 'x').keys()]).toEqual(['a>s', 's>b']);
  expect(['x', 'y', 'z', 'w'].map((name) => fateOf(failure, name))).toEqual(['moved', 'covered', 'lost', 'untouched']);
  expect(summary([failure, { ...failure, moved: [], lost: [], outage: null }])).toEqual({ losing: 1, moving: 1, open: 0, outage: 9 });
});

test('a failure is found by what is chosen in the drawing', () => {
  const parts: FailedPart[] = [{ kind: 'link', nodes: ['a', 's'] }, { kind: 'bridge', nodes: ['s'] }, { kind: 'station', nodes: ['a'] }];
  expect([['s', 'a'], ['s'], ['a'], ['b']].map((nodes) => numberOf(parts, nodes))).toEqual([0, 1, 2, -1]);
  expect(takesLink(parts[1]!, 's', 'b')).toBe(true);
  expect(takesLink(parts[0]!, 's', 'b')).toBe(false);
  const both: FailedPart = { ...parts[0]!, and: { kind: 'station', nodes: ['c'] } };
  expect(numberOf([both, ...parts], ['a', 's'])).toBe(1);
  expect([takesLink(both, 's', 'a'), takesLink(both, 's', 'c'), takesLink(both, 's', 'b'), takesNode(both, 'c'), takesNode(both, 'a')]).toEqual([true, true, false, true, false]);
});

test('mistakes of a draft are said with their place in Chinese, and in English as the node says them', () => {
  const what = { text: '"1 x" is not a duration', code: 'is-not', arguments: { text: '1 x', what: { term: 'a duration' } } };
  const place = { text: 'stream y, period: ', code: 'at-key', arguments: { kind: { term: 'stream' }, name: 'y', key: { term: 'period' } } };
  const line: Message = { text: 'stream y, period: "1 x" is not a duration', code: 'mistake', arguments: { place, what, remedy: '' } };
  const mistakes: Message = { text: line.text, code: 'mistakes', arguments: { lines: { lines: [line, { ...line, code: 'new', text: 'new' }] } } };
  expect(sayIn('zh')(mistakes)).toBe('流 y，周期：“1 x”不是时长\nnew');
  expect(sayIn('en')(mistakes)).toBe(mistakes.text);
});
