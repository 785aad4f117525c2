import { expect, test } from 'vitest';
import * as f from '../../src/model/format';

test('units are written as engineers write them', () => {
  expect(['m3/h', 'Cel', 'cm3/s', 'N.m', '1/min', '1', null, '{rpm}'].map(f.unitSign))
    .toEqual(['m³/h', '°C', 'cm³/s', 'N·m', 'min⁻¹', '', '', 'rpm']);
});

test('a value has about four figures over its range, and no minus before zero', () => {
  expect(f.formatValue(12.3964, { range: { min: 0, max: 20 } })).toBe('12.40');
  expect(f.formatValue(1182.4, { range: { min: 0, max: 1200 } })).toBe('1182');
  expect(f.formatValue(-0.0001, { range: { min: 0, max: 20 } })).toBe('0.00');
  expect(f.formatValue(null)).toBe('—');
  expect(f.formatValue(Number.NaN)).toBe('NaN');
});

// IEEE 754: 0.1 as binary32 is 0.100000001490116…; nine figures tell every binary32 apart.
test('a 32-bit float is written without figures it does not hold', () => {
  expect(f.formatExact(Math.fround(0.1))).toBe('0.1');
  expect(f.formatExact(Math.fround(16777215))).toBe('16777215');
  expect(f.formatExact(0.1)).toBe('0.1');
  expect(f.formatExact(Math.PI)).toBe('3.141592653589793');
});

test('amounts of bytes and counts', () => {
  expect(f.formatBytes(1023)).toBe('1023\u202fB');
  expect(f.formatBytes(1536)).toBe('1.5\u202fKiB');
  expect(f.formatBytes(240 * 1024 * 1024)).toBe('240\u202fMiB');
  expect(f.formatCount(1234567)).toBe('1\u202f234\u202f567');
  expect(f.formatRate(12_345)).toBe('12.3\u202fk');
});

test('a length of time has its two largest units', () => {
  expect(f.formatDuration(250)).toBe('250\u202fms');
  expect(f.formatDuration(7_500_000)).toBe('2\u202fh 5\u202fmin');
  expect(f.formatDuration(86_400_000)).toBe('1\u202fd');
  expect(f.formatAge(999)).toBe('<\u202f1\u202fs');
});

test('a number named automatic between 0 and 1 is a mode, another is not', () => {
  const range = { min: 0, max: 1 };
  expect(f.isMode({ name: 'c/automatic', unit: '1', range })).toBe(true);
  expect(f.isMode({ name: 'c/valve', unit: '1', range })).toBe(false);
  expect(f.isMode({ name: 'c/automatic', unit: 'V', range })).toBe(false);
});
