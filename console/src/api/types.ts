/** The JSON of the node's HTTP API, `/api/v1`. */

export type Severity = 'good' | 'uncertain' | 'bad';

/** A value of a signal; numbers that JSON cannot hold arrive as the strings NaN, Infinity, -Infinity. */
export type SignalValue = number | boolean | string | null;

export interface Quality {
  code: number;
  name: string;
  severity: Severity;
}

export interface Signal {
  name: string;
  unit: string | null;
  range: { min: number; max: number } | null;
  from: string | null;
  to: string | null;
  everyMillis: number | null;
  writable: boolean;
}

export interface Asset {
  name: string;
  identifier: string;
  type: string | null;
  place: string | null;
  signals: Signal[];
}

export interface Plant {
  name: string;
  prefix: string;
  assets: Asset[];
  connections: { name: string; protocol: string; endpoint: string }[];
}

/** What the node says: in English, and by a code with arguments. */
export interface NodeSaid { message: string; code: string; arguments: Readonly<Record<string, string>> }

export type ConnectionState = 'idle' | 'connecting' | 'connected' | 'waiting' | 'refused' | 'closed';

export interface ConnectionStatus {
  name: string;
  protocol: string;
  endpoint: string;
  state: ConnectionState;
  since: string | null;
  /** Why; empty when connected. Its code and arguments are for other languages. */
  reason: string;
  code: string;
  arguments: Readonly<Record<string, string>>;
  signals: number;
  good: number;
  bad: number;
  perSecond: number;
}

export interface PlantState {
  plant: string;
  version: string;
  startedAt: string;
  uptimeSeconds: number;
  samples: { received: number; stored: number; duplicate: number; refused: number; perSecond: number };
  latencyMillis: { p50: number | null; p99: number | null };
  historian: {
    state: 'running' | 'stopped' | 'read-only';
    message: string | null;
    journalBytes: number;
    segmentBytes: number;
    diskFreeBytes: number;
  };
  connections: ConnectionStatus[];
  signals: { total: number; good: number; uncertain: number; bad: number };
  identifiers: { registered: number; resolved: number };
  process: { residentBytes: number; heapUsedBytes: number; cpuPercent: number | null };
}

export interface LatestValue {
  signal: string;
  value: SignalValue;
  quality: Quality;
  sourceTime: string | null;
  receiveTime: string | null;
}

export interface RawHistory {
  kind: 'raw';
  signal: string;
  unit: string | null;
  from: number;
  to: number;
  times: number[];
  values: (number | boolean | string | null)[];
  status: number[];
  receiveTimes: number[];
}

export interface BucketHistory {
  kind: 'buckets';
  signal: string;
  unit: string | null;
  from: number;
  to: number;
  bucketMillis: number;
  times: number[];
  count: number[];
  good: number[];
  bad: number[];
  min: (number | null)[];
  max: (number | null)[];
  mean: (number | null)[];
  first: (number | null)[];
  last: (number | null)[];
}

export type History = RawHistory | BucketHistory;

export interface WriteResult {
  value: SignalValue;
  quality: Quality;
  sourceTime: string | null;
}

/** One sample as the stream carries it: signal, value, status code, source and receive time in epoch milliseconds. */
export type StreamedSample = [string, SignalValue, number, number, number];
