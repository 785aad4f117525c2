/** The JSON of the node's HTTP API about recordings of its PLC. */
import { query, send } from './client';
import { read, type PlcInstance, type PlcSource, type PlcValue, type PlcVariable } from './plc';
import type { Values } from './plcHooks';

export interface Run { run: number; firstScan: number; lastScan: number; fromEpochMillis: number; toEpochMillis: number }
export interface Recording { folder: string; runs: Run[]; notes: string[] }
export type MarkKind = 'fault' | 'force' | 'release' | 'write' | 'mode' | 'program' | 'take-over' | 'overrun' | 'gap';

/** What happened besides scans. `text` says it in English; `subject` and `value` are the parts of it that have no language. */
export interface Happening { kind: MarkKind; text: string; subject: string; value: string }
export interface Mark extends Happening { scan: number; epochMillis: number }
export interface Session { id: string; run: Run; marks: Mark[]; markedTo: number }

export interface Moment {
  scan: number;
  millis: number;
  epochMillis: number;
  program: string;
  news: Happening[];
  agrees: boolean;
  compared: number;
  differences: string[];
  found: boolean;
  values: PlcVariable[];
}

/** Where to go; nothing for nowhere. */
export interface Move { scan?: number; epochMillis?: number; by?: number; until?: string; last?: string }
export interface Course { every: number; scans: number[]; epochMillis: number[]; values: Record<string, (number | null)[]> }

async function ask<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> {
  return (await (await send(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })).json()) as T;
}

const place = (id: string) => `/plc/replays/${encodeURIComponent(id)}`;

export const replayApi = {
  recordings: (): Promise<Recording> => read('/plc/recordings'),
  open: (run?: number): Promise<Session> => ask('POST', '/plc/replays', run === undefined ? {} : { run }),
  move: (id: string, move: Move, paths: readonly string[]): Promise<Moment> => ask('PUT', place(id), { ...move, paths }),
  sources: (id: string): Promise<PlcSource[]> => read(`${place(id)}/sources`),
  instances: (id: string): Promise<PlcInstance[]> => read(`${place(id)}/instances`),
  variables: (id: string): Promise<PlcVariable[]> => read(`${place(id)}/variables`),
  trend: (id: string, paths: readonly string[], side: number, cancel: AbortSignal): Promise<Course> =>
    read(`${place(id)}/trend${query({ path: paths, before: side, after: side })}`, cancel),
  close: async (id: string): Promise<void> => {
    await send(place(id), { method: 'DELETE' });
  },
};

/** Changes of what is looked at are gathered for so long. */
const GATHER_MILLIS = 60;

/** The values of a moment, of the variables that somebody looks at. One request at a time; of moves meanwhile the last counts. */
export class MomentStore implements Values {
  moment: Moment | null = null;
  problem = '';
  busy = false;

  private readonly watchers = new Map<string, Set<() => void>>();
  private readonly listeners = new Set<() => void>();
  private values = new Map<string, PlcValue>();
  private next: Move | null = null;
  private timer = 0;

  constructor(private readonly ask: (move: Move, paths: readonly string[]) => Promise<Moment>) {}

  latest(path: string): PlcValue | undefined {
    return this.values.get(path);
  }

  watch(path: string, listener: () => void): () => void {
    let all = this.watchers.get(path);
    if (!all) {
      this.watchers.set(path, (all = new Set()));
      if (!this.values.has(path) && !this.timer) {
        this.timer = window.setTimeout(() => {
          this.timer = 0;
          this.go({});
        }, GATHER_MILLIS);
      }
    }
    all.add(listener);
    return () => {
      all.delete(listener);
      if (all.size === 0) this.watchers.delete(path);
    };
  }

  /** Hears of every new moment and of problems. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  go(move: Move): void {
    // To look at more variables is no other move: it does not take the place of one that waits.
    if (this.next && Object.keys(move).length === 0) return;
    this.next = move;
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    this.tell();
    while (this.next) {
      const move = this.next;
      this.next = null;
      try {
        const before = this.moment;
        const moment = await this.ask(move, [...this.watchers.keys()]);
        // What happened in a scan stays to be seen while one looks at more of it.
        const stays = before?.scan === moment.scan && Object.keys(move).length === 0;
        this.moment = stays ? { ...moment, found: before.found } : moment;
        this.values = new Map(moment.values.map(({ path, value }) => [path, value]));
        this.problem = '';
      } catch (error) {
        this.problem = error instanceof Error ? error.message : String(error);
      }
      for (const all of this.watchers.values()) for (const listener of all) listener();
      this.tell();
    }
    this.busy = false;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
