import { expect, test } from 'vitest';
import { VariableFeed } from '../../src/api/variables';
import { barsOf, decadesOf, exactPlc, formatMicros, shownPlc, Track } from '../../src/model/plc';
import { indexOf, outlineOf, placeOf, resolve, tokensOf } from '../../src/model/st';
import { keptIn } from '../../src/pages/plc/kept';

const text = `(* two
lines *)
FUNCTION_BLOCK Pi
VAR_INPUT
    Gain : LREAL := 1.0; // of the output
END_VAR
VAR_TEMP
    Error : LREAL;
END_VAR
VAR
    Table : ARRAY[0..2] OF INT;
    i : INT;
END_VAR
    Error := Gain * 2.0;
    Table[1] := Table[i] + Inner.Count;
METHOD Reset : BOOL
VAR
    Gain : INT;
END_VAR
    Gain := 3;
END_METHOD
END_FUNCTION_BLOCK
PROGRAM Main
VAR
    Loop1 : Pi := (Gain := 3.0);
    Gain : LREAL;
END_VAR
    Loop1(Gain := Gain);
    Loop1.Gain := 'it''s $'Gain$'';
END_PROGRAM
`;
const outline = outlineOf(text);
const namesIn = (line: number) => outline.names[line - 1];

test('a line is coloured piece by piece, and nothing of it is lost', () => {
  expect(tokensOf(text).map((line) => line.map(({ text: t }) => t).join('')).join('\n')).toBe(text);
  const kinds = tokensOf('IF a >= T#1.5s THEN (* b *) x := 16#FF; // c').flat().filter(({ text: t }) => t.trim());
  expect(kinds.filter(({ kind }) => kind === 'literal').map(({ text: t }) => t)).toEqual(['T#1.5s', '16#FF']);
  expect(kinds.filter(({ kind }) => kind === 'keyword').map(({ text: t }) => t)).toEqual(['IF', 'THEN']);
  expect(kinds.filter(({ kind }) => kind === 'comment').map(({ text: t }) => t)).toEqual(['(* b *)', '// c']);
  expect(tokensOf('(* a\nb *) c')[1]!.map(({ kind }) => kind)).toEqual(['comment', 'other', 'name']);
});

test('units have their lines', () => {
  expect(outline.units.map(({ name, from, to }) => [name, from, to])).toEqual([['Pi', 3, 22], ['Main', 23, 30]]);
});

test('a line names what it declares and uses, by path', () => {
  expect(namesIn(5)).toEqual(['Gain']);
  expect(namesIn(15)).toEqual(expect.arrayContaining(['Table[1]', 'Inner.Count']));
  expect(namesIn(15)).not.toContain('Table[i]');
});

// A wrong value beside a line is worse than none: these share a name with a variable that lasts.
test('what does not last from scan to scan, and formal parameters, have no value', () => {
  expect(namesIn(14)).toEqual(['Gain']);
  expect(namesIn(18)).toEqual([]);
  expect(namesIn(20)).toEqual([]);
  expect(namesIn(25)).toEqual(['Loop1']);
  expect(namesIn(28)).toEqual(['Loop1', 'Gain']);
  expect(namesIn(29)).toEqual(['Loop1.Gain']);
});

// IEC 61131-3, 6.1.2: the case of letters does not matter in identifiers.
test('names are found within an instance, and then among the globals, in any case of letters', () => {
  const index = indexOf(['main.Loop1.Gain', 'main.Gain', 'Limit']);
  expect(resolve(['GAIN', 'limit', 'other'], 'Main.loop1', index)).toEqual([
    { name: 'GAIN', path: 'main.Loop1.Gain' }, { name: 'limit', path: 'Limit' },
  ]);
});

test('a frame of a stack tells file and line', () => {
  expect(placeOf('Pi (levels.st:27)')).toEqual({ source: 'levels.st', line: 27 });
  expect(placeOf('somewhere')).toBeNull();
});

test('values are written as a program writes them', () => {
  expect([true, null, undefined, 12, 12.4212, 0.00001, 'T#45s614ms666us855ns', 'T#10ms'].map(shownPlc))
    .toEqual(['TRUE', '—', '…', '12', '12.421', '1.000e-5', 'T#45s614ms', 'T#10ms']);
  expect(exactPlc('T#45s614ms666us855ns')).toBe('T#45s614ms666us855ns');
  expect([0.5, 98.8, 345_000, 1_200_000].map(formatMicros)).toEqual(['0.5\u202fµs', '98.8\u202fµs', '345\u202fms', '1.2\u202fs']);
});

test('bars stand on whole decades, and one scan among many is still to be seen', () => {
  const buckets = [{ fromMicros: 0, toMicros: 1, count: 3 }, { fromMicros: 100, toMicros: 158.489, count: 1e6 }, { fromMicros: 631, toMicros: 1000, count: 1 }];
  const decades = decadesOf(buckets);
  expect(decades).toEqual({ from: -1, to: 3 });
  const bars = barsOf(buckets, decades, 1e6);
  expect(bars[1]!.x).toBeCloseTo(0.75, 6);
  expect(bars[1]!.height).toBeCloseTo(1, 6);
  expect(bars[2]!.x + bars[2]!.width).toBeCloseTo(1, 6);
  expect(bars[2]!.height).toBeGreaterThan(0.03);
});

test('a track holds what was read, forgets what is old, and begins anew with the PLC', () => {
  const track = new Track(1000);
  for (let time = 0; time <= 3000; time += 100) track.push(time, time / 100);
  expect(track.at(2950)).toBe(29);
  expect(track.at(1000)).toBeUndefined();
  expect(track.times.length).toBeLessThanOrEqual(13);
  track.push(5, 7);
  expect([track.at(4), track.at(5)]).toEqual([undefined, 7]);
});

test('what was kept is a list of names or nothing', () => {
  expect(['["a","b"]', '[1,"b"]', '{', null, '"a"'].map(keptIn)).toEqual([['a', 'b'], ['b'], [], [], []]);
});

test('one stream carries what is watched, and only the changed are told', async () => {
  const asked: (readonly string[])[] = [];
  let push: (text: string) => void = () => undefined;
  globalThis.window ??= globalThis as never;
  const feed = new VariableFeed((paths) => {
    asked.push(paths);
    const body = new ReadableStream({ start: (c) => { push = (t) => c.enqueue(new TextEncoder().encode(t)); } });
    return Promise.resolve(new Response(body));
  }, () => Promise.resolve([]));
  const told: string[] = [];
  const ends = [feed.watch('p.a', () => told.push('a')), feed.watch('p.b', () => told.push('b'))];
  await expect.poll(() => asked).toEqual([['p.a', 'p.b']]);
  const send = (scan: number, values: object) => push(`event: variables\ndata: ${JSON.stringify({ scan, millis: scan, values, missing: [] })}\n\n`);
  send(1, { 'p.a': 1, 'p.b': true });
  await expect.poll(() => told).toEqual(['a', 'b']);
  send(2, { 'p.a': 2 });
  await expect.poll(() => told).toEqual(['a', 'b', 'a']);
  expect([feed.latest('p.a'), feed.latest('p.b'), [...feed.trace('p.b')]]).toEqual([2, true, [1, 1]]);
  ends.forEach((end) => end());
});
