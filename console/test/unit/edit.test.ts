import { expect, test } from 'vitest';
import { added, draftsOf, givenOf, wrongWith } from '../../src/model/edit';

const value = { index: 1, type: 'DESC', shown: 'a', text: 'a', base64: null, permissions: 14, ttlType: 0, ttl: 60, timestamp: 7 };

test('what is not touched is given back as it was', () => {
  const binary = { ...value, index: 100, type: 'HS_ADMIN', text: null, base64: 'D/8=', ttlType: 1, ttl: 4_000_000_000 };
  expect(givenOf(draftsOf([value, binary]))).toEqual([
    { index: 1, type: 'DESC', text: 'a', base64: null, permissions: 14, ttlType: 0, ttl: 60 },
    { index: 100, type: 'HS_ADMIN', text: null, base64: 'D/8=', permissions: 14, ttlType: 1, ttl: 4_000_000_000 },
  ]);
});

test('a new value takes the first index that is free', () => {
  expect(added(draftsOf([value, { ...value, index: 3 }])).index).toBe('2');
});

// RFC 3651, section 3.1: index, type, data, TTL; RFC 4648, section 4: Base64.
test('what is wrong with a value is said before it is sent', () => {
  const [draft] = draftsOf([value]);
  const wrong = (part: Partial<NonNullable<typeof draft>>) => wrongWith({ ...draft!, ...part }, []);
  expect(wrong({})).toBeNull();
  expect([wrong({ index: '0' }), wrong({ index: 'x' }), wrong({ type: 'URL.' }), wrong({ type: ' ' }), wrong({ ttl: '-1' })]).toEqual([
    'wrongIndex', 'wrongIndex', 'wrongType', 'wrongType', 'wrongTtl',
  ]);
  expect([wrong({ binary: true, data: 'D/8=' }), wrong({ binary: true, data: 'D/8' })]).toEqual([null, 'wrongBase64']);
  const twice = draftsOf([value, value]);
  expect(wrongWith(twice[0]!, twice)).toBe('sameIndex');
});
