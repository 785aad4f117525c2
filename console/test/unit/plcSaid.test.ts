import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plcSaid } from '../../src/i18n/plcSaid';
import { plcSaidZh } from '../../src/i18n/plcSaid.zh';

const holes = (text: string) => [...new Set([...text.matchAll(/\{[^\w}]*(\w+)[^\w}]*\}/g)].map(([, name]) => name))].sort();
const java = (module: string) => join(__dirname, `../../../${module}/src/main/java/io/millwright/${module}`);
/** Where it is said. */
const folders = [java('plc'), join(java('plc'), 'change'), join(java('plc'), 'standby'), join(java('plc'), 'record'), join(java('node'), 'plc')];

/** What the node says: `Told.of("code", "words" + "more words")`. */
function told(): [code: string, words: string][] {
  return folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.java')).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/(?:Told\.of|\bdetail)\(\s*"([\w-]+)",\s*((?:"[^"]*"\s*\+?\s*)+)\)/g)]
      .map(([, code, words]): [string, string] => [code!, [...words!.matchAll(/"([^"]*)"/g)].map(([, part]) => part).join('')])));
}

test('what the node says has words in Chinese, about the same', () => {
  const all = told();
  expect(all.length).toBeGreaterThan(95);
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

test('an argument that is told itself is said in the language, too, and so are several', () => {
  const detail = { 'failure.detail': '9 is not in 1..5', 'failure.detail.code': 'detail-range', 'failure.detail.value': '9', 'failure.detail.low': '1', 'failure.detail.high': '5' };
  const failed = { message: '', code: 'shadow-failed', arguments: { scan: '3', failure: 'a.st:3: …', 'failure.code': 'trap-out-of-bounds', 'failure.place': 'a.st:3', ...detail } };
  expect(plcSaid('zh', failed)).toBe('影子运行的第 3 次扫描：a.st:3：下标超出数组：9 不在 1..5 之内');
  const two = { message: '', code: 'shadow-differs', arguments: { outputs: '…', 'outputs.1.code': 'shadow-stuck', 'outputs.2.code': 'detail-leaves' } };
  expect(plcSaid('zh', two)).toBe('一次扫描没有结束；引用离开了其数组');
});

test('the reasons of the operating system are said in the language, with the file they are about', () => {
  const full = { 'reason.code': 'system-no-space', 'reason.about': '/data/plc' };
  const said = { message: 'the recording cannot be written: /data/plc: No space left on device', code: 'recording-fails', arguments: { reason: '/data/plc: No space left on device', ...full } };
  expect(plcSaid('zh', said)).toBe('记录无法写入：/data/plc：设备上没有剩余空间');
  const other = { message: 'x', code: 'recording-fails', arguments: { reason: 'quite new', 'reason.code': 'problem', 'reason.problem': 'quite new' } };
  expect(plcSaid('zh', other)).toBe('记录无法写入：quite new');
});

test('arguments may be beside it, and others may be the same', () => {
  const said = { message: 'x is new; the same of 3 more', code: 'new', arguments: { others: '3' } };
  expect(plcSaid('zh', said, { subject: 'x' })).toBe('x 是新的；另有 3 项相同');
});

test('what has no words here is said as it came', () => {
  expect(plcSaid('zh', { message: 'quite new', code: 'quite-new', arguments: {} })).toBe('quite new');
});
