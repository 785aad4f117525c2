import { expect, test } from 'vitest';
import { en } from '../../src/i18n/en';
import { zh } from '../../src/i18n/zh';
import { severityOf } from '../../src/model/quality';

const holes = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();

test('both languages have the same keys, and none is empty', () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const text of [...Object.values(en), ...Object.values(zh)]) expect(text).not.toBe('');
});

test('a message fills the same values in both languages', () => {
  for (const [key, text] of Object.entries(en)) expect(holes(zh[key as keyof typeof en]), key).toEqual(holes(text));
});

// OPC 10000-4, 7.39: severity is bits 31 and 30; clients treat the reserved pattern 11 as bad.
test('severity follows the two topmost bits of a status code', () => {
  expect([0x00000000, 0x40900000, 0x808a0000, 0xc0000000].map(severityOf)).toEqual(['good', 'uncertain', 'bad', 'bad']);
});
