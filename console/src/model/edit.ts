import type { GivenValue, RecordValue } from '../api/identity';

/** A value while it is edited; numbers are texts until they are read. */
export interface Draft {
  readonly key: number;
  readonly index: string;
  readonly type: string;
  readonly data: string;
  readonly binary: boolean;
  readonly permissions: number;
  readonly ttlType: number;
  readonly ttl: string;
}

export function draftsOf(values: readonly RecordValue[]): Draft[] {
  return values.map((value, key) => ({
    key, index: String(value.index), type: value.type, data: value.text ?? value.base64 ?? '', binary: value.text === null,
    permissions: value.permissions, ttlType: value.ttlType, ttl: String(value.ttl),
  }));
}

/** A new value at the next index that is free beneath those of administration, which begin at 100. */
export function added(drafts: readonly Draft[]): Draft {
  const taken = new Set(drafts.map(({ index }) => Number(index)));
  let index = 1;
  while (taken.has(index)) index++;
  const key = Math.max(-1, ...drafts.map((draft) => draft.key)) + 1;
  return { key, index: String(index), type: '', data: '', binary: false, permissions: 14, ttlType: 0, ttl: '86400' };
}

export type Wrong = 'wrongIndex' | 'sameIndex' | 'wrongType' | 'wrongTtl' | 'wrongBase64';

/** What is wrong with a draft among the others; null if nothing is. */
export function wrongWith(draft: Draft, all: readonly Draft[]): Wrong | null {
  if (!/^[0-9]{1,10}$/.test(draft.index) || Number(draft.index) < 1 || Number(draft.index) > 0x7fffffff) return 'wrongIndex';
  if (all.some((other) => other !== draft && Number(other.index) === Number(draft.index))) return 'sameIndex';
  if (draft.type.trim() === '' || draft.type.endsWith('.')) return 'wrongType';
  if (!/^[0-9]{1,10}$/.test(draft.ttl) || Number(draft.ttl) > 0xffffffff) return 'wrongTtl';
  return draft.binary && !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(draft.data) ? 'wrongBase64' : null;
}

export function givenOf(drafts: readonly Draft[]): GivenValue[] {
  return drafts.map((draft) => ({
    index: Number(draft.index), type: draft.type.trim(), text: draft.binary ? null : draft.data, base64: draft.binary ? draft.data : null,
    permissions: draft.permissions, ttlType: draft.ttlType, ttl: Number(draft.ttl),
  }));
}
