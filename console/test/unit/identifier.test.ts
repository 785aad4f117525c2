import { expect, test } from 'vitest';
import { nearest, readIdentifier } from '../../src/model/identifier';

// `info:hdl/` after RFC 4452; hdl.handle.net and doi.org are the public proxies of the Handle System and of DOI.
test('an identifier is found in what people paste', () => {
  for (const text of [
    '88.118.7/tank-1', '  88.118.7/tank-1\n', 'hdl:88.118.7/tank-1', 'HDL:88.118.7/tank-1', 'hdl://88.118.7/tank-1',
    'info:hdl/88.118.7/tank-1', 'https://hdl.handle.net/88.118.7/tank-1?noredirect', 'http://hdl.handle.net/88.118.7%2Ftank-1',
    'https://hdl.handle.net/api/handles/88.118.7/tank-1', 'http://127.0.0.1:8420/#/identifiers/88.118.7/tank-1',
    '"88.118.7/tank-1"', '<hdl:88.118.7/tank-1>', '“88.118.7/tank-1”', '\u200b88.118.7/tank-1', '８８．１１８．７／tank-1', '88。118。7/tank-1',
  ]) expect(readIdentifier(text), text).toEqual({ identifier: '88.118.7/tank-1' });
  expect(readIdentifier('https://doi.org/10.1000/182')).toEqual({ identifier: '10.1000/182' });
});

// RFC 3650, section 3.1: only the first slash divides; a suffix may hold any sign, more slashes among them.
test('the suffix is left as it is', () => {
  expect(readIdentifier('88.118.7/a/b c?d#e%20')).toEqual({ identifier: '88.118.7/a/b c?d#e%20' });
  expect(readIdentifier('88.118.7/水箱-１')).toEqual({ identifier: '88.118.7/水箱-１' });
});

test('what is none is told apart by what it lacks', () => {
  expect([readIdentifier('tank-1'), readIdentifier('/tank-1'), readIdentifier('88.118.7/'), readIdentifier('hdl:')]).toEqual([
    { wrong: 'noSlash' }, { wrong: 'noPrefix' }, { wrong: 'noSuffix' }, { wrong: 'noSlash' },
  ]);
});

test('what somebody may have meant is near, and nearest first', () => {
  const known = ['88.118.7/tank-1', '88.118.7/tank-2', '88.118.7/pump-1', '88.118.7/tank-controller'];
  expect(nearest('tank-1', known)).toEqual(['88.118.7/tank-1', '88.118.7/tank-2']);
  expect(nearest('88.118.7/tnak-1', known)).toEqual(['88.118.7/tank-1']);
  expect(nearest('10.1000/182', known)).toEqual([]);
  expect(nearest('88.118.7/x'.repeat(10_000), known)).toEqual([]);
});
