import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plcSaid } from '../../src/i18n/plcSaid';
import { plcSaidZh } from '../../src/i18n/plcSaid.zh';

const holes = (text: string) => [...new Set([...text.matchAll(/\{[^\w}]*(\w+)[^\w}]*\}/g)].map(([, name]) => name))].sort();
const java = join(__dirname, '../../../plc/src/main/java/io/millwright/plc');

/** What the node says: `Told.of("code", "words" + "more words")`. */
function told(): [code: string, words: string][] {
  return ['.', 'change'].flatMap((folder) => readdirSync(join(java, folder)).filter((name) => name.endsWith('.java')).flatMap((name) =>
    [...readFileSync(join(java, folder, name), 'utf8').matchAll(/Told\.of\(\s*"([\w-]+)",\s*((?:"[^"]*"\s*\+?\s*)+)\)/g)]
      .map(([, code, words]): [string, string] => [code!, [...words!.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('')])));
}

test('what the node says has words in Chinese, about the same', () => {
  const all = told();
  expect(all.length).toBeGreaterThan(35);
  for (const [code, words] of all.filter(([, one]) => !/^\{\w+\}$/.test(one))) {
    const missing = holes(plcSaidZh[code] ?? '').filter((name) => !holes(words).includes(name));
    expect(plcSaidZh[code], code).toBeTruthy();
    expect(missing, code).toEqual([]);
  }
});

test('arguments stand in the words, and what goes with an empty one is left out', () => {
  const said = { message: 'a.st:3: an index lies outside of its array', code: 'trap-out-of-bounds', arguments: { place: 'a.st:3', detail: '' } };
  expect(plcSaid('zh', said)).toBe('a.st:3：下标超出数组');
  expect(plcSaid('en', said)).toBe(said.message);
});

test('arguments may be beside it, and others may be the same', () => {
  const said = { message: 'x is new; the same of 3 more', code: 'new', arguments: { others: '3' } };
  expect(plcSaid('zh', said, { subject: 'x' })).toBe('x 是新的；另有 3 项相同');
});

test('what has no words here is said as it came', () => {
  expect(plcSaid('zh', { message: 'quite new', code: 'quite-new', arguments: {} })).toBe('quite new');
});
