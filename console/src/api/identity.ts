/** The JSON of the node's HTTP API about identifiers: nodes, codes, journeys, records. */
import { query, send } from './client';

export interface CacheFigures {
  answers: number;
  refusals: number;
  bytes: number;
  hitRate: number | null;
  fresh: number;
  negative: number;
  stale: number;
  fetched: number;
  coalesced: number;
  prefetched: number;
  passedOn: number;
  refused: number;
}

export interface Replication {
  primary: string;
  position: number;
  primaryPosition: number | null;
  lagMillis: number | null;
  lags: (number | null)[];
}

export type Role = 'root' | 'national' | 'second-level' | 'enterprise' | 'recursive';

export interface KnownNode {
  name: string;
  role: Role;
  prefix: string;
  prefixes: string[];
  above: string | null;
  follows: string | null;
  administrator: string | null;
  state: 'running' | 'stopped';
  address: string | null;
  records: number;
  transaction: number;
  requests: number;
  notFound: number;
  other: number;
  connections: number;
  rates: (number | null)[];
  cache: CacheFigures | null;
  replication: Replication | null;
}

export interface NodeTree {
  root: string | null;
  load: string | null;
  examples: string[];
  nodes: KnownNode[];
}

export interface Code {
  scheme: string;
  form: string;
  canonical: string;
  valid: boolean;
  parts: { name: string; value: string; meaning: string }[];
  faults: { at: number; message: string }[];
  handles: string[];
}

export type Outcome = 'found' | 'not-found' | 'not-responsible' | 'referred' | 'refused' | 'unreachable' | 'garbled';

export interface Hop {
  hop: number;
  inside: number | null;
  node: string | null;
  role: Role | null;
  asked: string;
  what: string;
  outcome: Outcome;
  responseCode: number | null;
  answer: string;
  startMillis: number;
  milliseconds: number;
  memory: 'fresh' | 'stale' | 'refusal' | null;
  ageSeconds: number | null;
}

export interface RecordValue {
  index: number;
  type: string;
  shown: string;
  text: string | null;
  base64: string | null;
  permissions: number;
  ttlType: number;
  ttl: number;
  timestamp: number;
}

export interface Journey {
  code: Code;
  via: string | null;
  handle: string;
  outcome: Outcome;
  words: string;
  milliseconds: number;
  hops: Hop[];
  values: RecordValue[];
}

export interface RecordPage {
  prefix: string;
  node: string;
  handles: string[];
  next: string | null;
  searched: number;
}

export interface Credentials {
  administrator: string;
  secret: string;
}

export interface StoredRecord {
  handle: string;
  revision: string;
  node: string;
  takesChanges: boolean;
  values: RecordValue[];
}

export type GivenValue = Pick<RecordValue, 'index' | 'type' | 'text' | 'base64' | 'permissions' | 'ttlType' | 'ttl'>;

/** What a record is to hold; `values` null deletes it, `revision` null creates it. */
export interface Edit {
  handle: string;
  revision: string | null;
  values: GivenValue[] | null;
  credentials: Credentials | null;
}

export interface Difference {
  kind: 'add' | 'modify' | 'remove';
  index: number;
  before: RecordValue | null;
  after: RecordValue | null;
}

export interface Preview {
  handle: string;
  action: 'create' | 'change' | 'delete' | 'nothing';
  outdated: boolean;
  node: string;
  differences: Difference[];
  now: StoredRecord | null;
}

export interface Changed {
  handle: string;
  done: boolean;
  steps: { kind: string; indexes: number[]; done: boolean; responseCode: number | null; words: string }[];
  now: StoredRecord | null;
}

async function read<T>(path: string, cancel?: AbortSignal): Promise<T> {
  return (await (await send(path, cancel ? { signal: cancel } : {})).json()) as T;
}

async function post<T>(path: string, body: unknown, cancel?: AbortSignal): Promise<T> {
  const response = await send(path, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), ...(cancel ? { signal: cancel } : {}),
  });
  return (await response.json()) as T;
}

export const identity = {
  about: (): Promise<{ version: string; plant: boolean; plc?: boolean }> => read('/about'),
  nodes: (cancel: AbortSignal): Promise<NodeTree> => read('/nodes', cancel),
  code: (text: string, cancel: AbortSignal): Promise<Code> => post('/codes', { text }, cancel),
  journey: (text: string, via: string | null, cancel: AbortSignal): Promise<Journey> =>
    post('/journeys', via ? { text, via } : { text }, cancel),
  page: (prefix: string, contains: string, after: string, cancel?: AbortSignal): Promise<RecordPage> =>
    read(`/records${query({ prefix, contains, after, max: 100 })}`, cancel),
  signIn: (credentials: Credentials): Promise<{ administrator: string; node: string; prefixes: string[] }> =>
    post('/records/sign-in', credentials),
  record: (handle: string, credentials: Credentials | null, cancel?: AbortSignal): Promise<StoredRecord> =>
    post('/records/read', { handle, credentials }, cancel),
  preview: (edit: Edit): Promise<Preview> => post('/records/preview', edit),
  change: (edit: Edit): Promise<Changed> => post('/records/change', edit),
};
