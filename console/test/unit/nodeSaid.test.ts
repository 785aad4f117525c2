import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linkSaidZh } from '../../src/i18n/linkSaid.zh';
import { nodeSaid } from '../../src/i18n/nodeSaid';
import { plcSaidZh } from '../../src/i18n/plcSaid.zh';

const holes = (text: string) => [...new Set([...text.matchAll(/\{[^\w}]*(\w+)[^\w}]*\}/g)].map(([, name]) => name))].sort();
const java = (module: string) => join(__dirname, `../../../${module}/src/main/java/io/millwright/${module}`);
/** Where it is said. */
const folders = [
  java('model'), java('plc'), ...['change', 'standby', 'record'].map((name) => join(java('plc'), name)),
  java('connect'), ...['modbus', 'mqtt', 'opcua', 'sparkplug'].map((name) => join(java('connect'), name)),
  ...['plc', 'runtime', 'simulate'].map((name) => join(java('node'), name)),
];
const chinese: Readonly<Record<string, string>> = { ...plcSaidZh, ...linkSaidZh };

/** What the node says: `Told.of("code", "words" + "more words")`. */
function told(): [code: string, words: string][] {
  return folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.java')).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/(?:Told\.of|\bdetail)\(\s*"([\w-]+)",\s*((?:"(?:[^"\\]|\\.)*"\s*\+?\s*)+)\)/g)]
      .map(([, code, words]): [string, string] => [code!, [...words!.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join('')])));
}

test('what the node says has words in Chinese, about the same', () => {
  const all = told();
  expect(all.length).toBeGreaterThan(240);
  for (const [code, words] of all.filter(([, one]) => !/^\{\w+\}$/.test(one))) {
    const missing = holes(chinese[code] ?? '').filter((name) => !holes(words).includes(name));
    expect(chinese[code], code).toBeTruthy();
    expect(missing, code).toEqual([]);
  }
});

test('a code says the same wherever it is said, and what is said the same has one code', () => {
  const words = new Map<string, string>();
  const codes = new Map<string, string>();
  for (const [code, text] of told()) {
    expect(words.get(code) ?? text, code).toBe(text);
    expect(codes.get(text) ?? code, text).toBe(code);
    words.set(code, text);
    codes.set(text, code);
  }
  expect(Object.keys(linkSaidZh).filter((code) => !words.has(code) || code in plcSaidZh)).toEqual([]);
});

test('why a device cannot be reached is said in the language, with the reasons within it', () => {
  const away = {
    message: 'io is not connected: 10.0.0.9:502 refused the connection: nobody listens there', code: 'link-not-connected',
    arguments: {
      connection: 'io', reason: '10.0.0.9:502 refused the connection: nobody listens there', 'reason.code': 'device-refused',
      'reason.device': '10.0.0.9:502', 'reason.reason': 'nobody listens there', 'reason.reason.code': 'nobody-listens',
    },
  };
  expect(nodeSaid('zh', away)).toBe('io 未连接：10.0.0.9:502 拒绝了连接：该处无人监听');
  expect(nodeSaid('en', away)).toBe(away.message);
  const refuses = { message: 'io refuses: illegal data address', code: 'device-refuses', arguments: { connection: 'io', reason: 'illegal data address', 'reason.code': 'modbus-illegal-address' } };
  expect(nodeSaid('zh', refuses)).toBe('io 拒绝请求：非法数据地址');
  const route = { reason: 'no route to host', 'reason.code': 'system-no-route', 'reason.problem': 'no route to host' };
  expect(nodeSaid('zh', { message: '', code: 'device-refused', arguments: { device: '10.0.0.9:502', ...route } })).toBe('10.0.0.9:502 拒绝了连接：没有到主机的路由');
  const other = { message: '', code: 'device-refused', arguments: { device: 'a:1', reason: 'quite new', 'reason.code': 'problem', 'reason.problem': 'quite new' } };
  expect(nodeSaid('zh', other)).toBe('a:1 拒绝了连接：quite new');
});

test('arguments stand in the words, and what goes with an empty one is left out', () => {
  const said = { message: 'a.st:3: an index lies outside of its array', code: 'trap-out-of-bounds', arguments: { place: 'a.st:3', detail: '' } };
  expect(nodeSaid('zh', said)).toBe('a.st:3：下标超出数组');
  expect(nodeSaid('en', said)).toBe(said.message);
});

test('an argument that is told itself is said in the language, too, and so are several', () => {
  const detail = { 'failure.detail': '9 is not in 1..5', 'failure.detail.code': 'detail-range', 'failure.detail.value': '9', 'failure.detail.low': '1', 'failure.detail.high': '5' };
  const failed = { message: '', code: 'shadow-failed', arguments: { scan: '3', failure: 'a.st:3: …', 'failure.code': 'trap-out-of-bounds', 'failure.place': 'a.st:3', ...detail } };
  expect(nodeSaid('zh', failed)).toBe('影子运行的第 3 次扫描：a.st:3：下标超出数组：9 不在 1..5 之内');
  const two = { message: '', code: 'shadow-differs', arguments: { outputs: '…', 'outputs.1.code': 'shadow-stuck', 'outputs.2.code': 'detail-leaves' } };
  expect(nodeSaid('zh', two)).toBe('一次扫描没有结束；引用离开了其数组');
});

test('the reasons of the operating system are said in the language, with the file they are about', () => {
  const full = { 'reason.code': 'system-no-space', 'reason.about': '/data/plc' };
  const said = { message: 'the recording cannot be written: /data/plc: No space left on device', code: 'recording-fails', arguments: { reason: '/data/plc: No space left on device', ...full } };
  expect(nodeSaid('zh', said)).toBe('记录无法写入：/data/plc：设备上没有剩余空间');
  const other = { message: 'x', code: 'recording-fails', arguments: { reason: 'quite new', 'reason.code': 'problem', 'reason.problem': 'quite new' } };
  expect(nodeSaid('zh', other)).toBe('记录无法写入：quite new');
});

test('arguments may be beside it, and others may be the same', () => {
  const said = { message: 'x is new; the same of 3 more', code: 'new', arguments: { others: '3' } };
  expect(nodeSaid('zh', said, { subject: 'x' })).toBe('x 是新的；另有 3 项相同');
});

test('what has no words here is said as it came', () => {
  expect(nodeSaid('zh', { message: 'quite new', code: 'quite-new', arguments: {} })).toBe('quite new');
});
