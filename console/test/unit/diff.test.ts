import { describe, expect, test } from 'vitest';
import { changedPart, hunksOf, linesOf, rowsOf } from '../../src/model/diff';
import { yamlTokens } from '../../src/model/yaml';

/** The length of the longest common subsequence by the textbook's table, which knows nothing of the other algorithm. */
function common(a: readonly string[], b: readonly string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      table[i]![j] = a[i - 1] === b[j - 1] ? table[i - 1]![j - 1]! + 1 : Math.max(table[i - 1]![j]!, table[i]![j - 1]!);
    }
  }
  return table[a.length]![b.length]!;
}

describe('differences of texts', () => {
  test('both texts stand whole in the rows, and as many lines are the same as can be', () => {
    let seed = 20261122;
    const next = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % below;
    };
    for (let round = 0; round < 300; round++) {
      const text = () => Array.from({ length: next(30) }, () => 'abcd'[next(4)]!).join('\n');
      const [a, b] = [text(), text()];
      const rows = rowsOf(a, b);
      expect(rows.flatMap(({ left }) => (left ? [left.text] : []))).toEqual(linesOf(a));
      expect(rows.flatMap(({ right }) => (right ? [right.text] : []))).toEqual(linesOf(b));
      expect(rows.every(({ left, right, same }) => !same || left!.text === right!.text)).toBe(true);
      expect(rows.filter(({ same }) => same).length).toBe(common(linesOf(a), linesOf(b)));
    }
  });

  test('lines are numbered on their own side, and what is far from a difference is left out', () => {
    const before = Array.from({ length: 40 }, (_, i) => `line ${i + 1}`);
    const after = [...before.slice(0, 9), 'line X', ...before.slice(10, 30), 'more', ...before.slice(30)];
    const rows = rowsOf(before.join('\n'), after.join('\n'));
    expect(rows.filter(({ same }) => !same)).toEqual([
      { left: { line: 10, text: 'line 10' }, right: { line: 10, text: 'line X' }, same: false },
      { left: null, right: { line: 31, text: 'more' }, same: false },
    ]);
    expect(hunksOf(rows)).toEqual([{ from: 6, to: 13 }, { from: 27, to: 34 }]);
  });

  test('texts that have nothing in common are shown as a whole, however long', () => {
    const many = (name: string) => Array.from({ length: 20_000 }, (_, i) => `${name}${i}`).join('\n');
    expect(rowsOf(many('a'), many('b')).length).toBe(20_000);
  });

  test('a changed line stands beside the one that it resembles', () => {
    expect(rowsOf('Automatic := 0.0;', 'Total := Total + 1;\nAutomatic := 1.0;').map(({ left, right }) => [left?.text, right?.text])).toEqual([
      [undefined, 'Total := Total + 1;'], ['Automatic := 0.0;', 'Automatic := 1.0;'],
    ]);
  });

  test('within a line only what differs is marked', () => {
    expect(changedPart('Gain := 3.0;', 'Gain := 2.75;')).toEqual({ from: 8, endA: 11, endB: 12 });
    expect(changedPart('aa', 'aaa')).toEqual({ from: 2, endA: 2, endB: 3 });
  });
});

test('a plant file in a review has keys and comments, and no word of Structured Text', () => {
  const text = 'control:\n  levels: {every: 10ms}   # fast\n- to: "a # b"\r\n# all of it';
  const lines = yamlTokens(text).map((line) => line.map(({ kind, text: part }) => [kind, part]));
  expect(lines).toEqual([
    [['keyword', 'control'], ['other', ':']],
    [['other', '  '], ['keyword', 'levels'], ['other', ': {every: 10ms}  '], ['comment', ' # fast']],
    [['other', '- '], ['keyword', 'to'], ['other', ': "a # b"']],
    [['comment', '# all of it']],
  ]);
});
