/** The JSON of the node's HTTP API about its virtual PLC. */
import { query, send } from './client';
import type { NodeSaid } from './types';

/** Where this browser keeps who works with it. */
export const OWNER_KEY = 'millwright.plc.owner';

export type PlcValue = number | boolean | string | null;
export type PlcMode = 'running' | 'stopped' | 'paused' | 'fault';

export interface Percentiles { count: number; p50: number; p99: number; p999: number; max: number }
export interface Figures { sinceStart: Percentiles; lastMinute: Percentiles }
export type TimingKind = 'lateness' | 'execution' | 'jitter';

export interface PlcTask extends Record<TimingKind, Figures> {
  name: string;
  everyMillis: number;
  priority: number;
  programs: string[];
  scans: number;
  skipped: number;
}

export interface PlcFault extends NodeSaid { epochMillis: number; task: string; scan: number; stack: string[] }

export interface Force {
  path: string;
  type: string;
  value: PlcValue;
  owner: string;
  reason: string;
  sinceEpochMillis: number;
  secondsLeft: number;
}

/** Something that happened between two PLCs. */
export interface StandbyEvent extends NodeSaid {
  epochMillis: number;
  kind: 'take-over' | 'divergence' | 'lost' | 'problem' | 'late' | 'note';
}

/** The PLC as one of two. */
export interface PlcStandby {
  role: 'master' | 'standby' | 'waiting';
  partner: string;
  ready: boolean;
  epoch: number;
  scan: number;
  lagScans: number;
  agrees: boolean;
  problem: string;
  events: readonly StandbyEvent[];
}

export interface PlcStatus {
  project: string;
  mode: PlcMode;
  recording?: { state: 'recording' | 'failing' | 'off'; reason: string; code?: string; arguments?: Readonly<Record<string, string>>; folder: string; scans: number; bytes: number; lost: number };
  /** How often another program has begun to run. */
  programs: number;
  change: ChangeState;
  fault: PlcFault | null;
  standby: PlcStandby | null;
  tasks: PlcTask[];
  inputs: { variable: string; signal: string; quality: string }[];
  outputs: { variable: string; signal: string; failure: string; code: string; arguments: Readonly<Record<string, string>> }[];
  forces: Force[];
  predictive: Predictive[];
}

/** A predictive controller beside the programs. */
export interface Predictive {
  name: string;
  everyMillis: number;
  outcome: 'off' | 'best' | 'shifted' | 'held' | 'no-number';
  plans: number;
  longestMillis: number;
  problem: string;
}

/** A value for each period: what passed, the newest last, and what is to come; null where there is no number. */
export interface PredictiveLine {
  variable: string;
  low: number | null;
  high: number | null;
  wanted: (number | null)[];
  past: (number | null)[];
  ahead: (number | null)[];
}

export interface PredictiveCourse { name: string; everyMillis: number; outputs: PredictiveLine[]; inputs: PredictiveLine[] }

export interface PlcVariable { path: string; type: string; value: PlcValue }
export interface PlcSource { name: string; text: string }

/** An instance; `units` are what it is of and what that extends. */
export interface PlcInstance { path: string; units: string[]; source: string; line: number }

/** How many scans took from so long to less than that, in microseconds. */
export interface Bucket { fromMicros: number; toMicros: number; count: number }
export interface Series { sinceStart: Bucket[]; lastMinute: Bucket[] }
export type TaskTiming = { task: string } & Record<TimingKind, Series>;

export type ChangeState =
  | 'none' | 'compared' | 'shadowing' | 'waiting' | 'refused' | 'swapped' | 'settled' | 'rolled-back' | 'withdrawn';

/** A difference between two programs; `open` while the change cannot be made because of it. */
export interface Finding extends NodeSaid {
  kind: string;
  need: 'note' | 'warning' | 'consent' | 'refusal';
  subject: string;
  before: string;
  after: string;
  present: string;
  open: boolean;
}

/** An output that is another one in the program in shadow; null where it is no finite number. */
export interface Difference { name: string; running: number | null; changed: number | null; most: number | null; scans: number; firstScan: number }

export interface ShadowRun {
  scans: number;
  compared: number;
  shortest: number;
  median: number;
  longest: number;
  failure: string;
  code: string;
  arguments: Readonly<Record<string, string>>;
  differences: Difference[];
}

export interface ChangeLimits { shadowScans: number; trialScans: number; executionMillis: number; overruns: number; difference: number | null }

export interface PlcChange {
  state: ChangeState;
  owner: string;
  reason: string;
  proposedEpochMillis: number;
  decidedBy: string;
  decision: string;
  outcome: string;
  pauseMicros: number;
  skipped: number;
  done: number;
  of: number;
  kept: number;
  findings: Finding[];
  accepted: string[];
  atRestart: string[];
  shadow: ShadowRun | null;
  limits: ChangeLimits | null;
}

/** A text that a change changes; null where it is new or gone. */
export interface ChangedText { name: string; before: string | null; after: string | null }

export interface Proposal {
  sources: PlcSource[];
  manifest: string | null;
  shadow: number;
  trial: number;
  owner: string;
  reason: string;
}

/** An event of the stream: what changed up to a scan; `millis` since the PLC was started. */
export interface Changes { scan: number; millis: number; values: Record<string, PlcValue>; missing: string[] }

export async function read<T>(path: string, cancel?: AbortSignal): Promise<T> {
  return (await (await send(path, cancel ? { signal: cancel } : {})).json()) as T;
}

async function change<T>(path: string, body: unknown): Promise<T> {
  const response = await send(path, {
    method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

export const plcApi = {
  status: (cancel: AbortSignal): Promise<PlcStatus> => read('/plc', cancel),
  variables: (): Promise<PlcVariable[]> => read('/plc/variables'),
  values: (paths: readonly string[]): Promise<PlcVariable[]> => read(`/plc/values${query({ path: paths })}`),
  instances: (): Promise<PlcInstance[]> => read('/plc/instances'),
  sources: (): Promise<PlcSource[]> => read('/plc/sources'),
  timing: (task: string, cancel: AbortSignal): Promise<TaskTiming> => read(`/plc/tasks/${encodeURIComponent(task)}/timing`, cancel),
  predictive: (cancel: AbortSignal): Promise<PredictiveCourse[]> => read('/plc/predictive', cancel),
  enter: (mode: PlcMode): Promise<{ mode: PlcMode }> => change('/plc/mode', { mode }),
  write: (path: string, value: string): Promise<PlcVariable> => change('/plc/variables', { path, value }),
  force: (force: { path: string; value: string; owner: string; reason: string; seconds: number }): Promise<Force> => change('/plc/forces', force),
  release: async (path: string): Promise<void> => {
    await send(`/plc/forces/${encodeURIComponent(path)}${query({ owner: localStorage.getItem(OWNER_KEY) ?? '' })}`, { method: 'DELETE' });
  },
  change: (cancel: AbortSignal): Promise<PlcChange> => read('/plc/change', cancel),
  changedTexts: (): Promise<ChangedText[]> => read('/plc/change/texts'),
  kept: (): Promise<{ path: string; type: string }[]> => read('/plc/change/kept'),
  propose: (proposal: Proposal): Promise<PlcChange> => change('/plc/change', { ...proposal, compareOnly: true }),
  approve: (accept: readonly string[], owner: string, reason: string, proposedEpochMillis: number): Promise<PlcChange> =>
    change('/plc/change/approval', { accept, owner, reason, proposedEpochMillis }),
  takeBack: async (owner: string, reason: string): Promise<PlcChange> =>
    (await (await send(`/plc/change${query({ owner, reason })}`, { method: 'DELETE' })).json()) as PlcChange,
  stream: (paths: readonly string[], every: number, cancel: AbortSignal): Promise<Response> =>
    send(`/plc/stream${query({ every, path: paths })}`, { accept: 'text/event-stream', signal: cancel }),
};
