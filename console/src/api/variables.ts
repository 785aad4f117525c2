import { plcApi, type Changes, type PlcValue, type PlcVariable } from './plc';
import { EventParser } from './events';

/** How often values come at most. */
const EVERY_MILLIS = 50;
/** How long changes of what is watched are gathered. */
const GATHER_MILLIS = 120;
const BACKOFF_MILLIS = [500, 1000, 2000, 5000];
/** The stream says something every second. */
const SILENCE_MILLIS = 6000;
const TRACE_POINTS = 120;

export type Open = (paths: readonly string[], every: number, cancel: AbortSignal) => Promise<Response>;
type Tap = (changes: Changes) => void;

interface Watched {
  readonly listeners: Set<() => void>;
  value: PlcValue | undefined;
  readonly trace: number[];
}

/** Live variables of the PLC: one stream of all that somebody looks at. */
export class VariableFeed {
  /** Paths that lead to no variable now. */
  missing: ReadonlySet<string> = new Set();
  private readonly watched = new Map<string, Watched>();
  private readonly taps = new Set<Tap>();
  private stream: AbortController | null = null;
  private gather = 0;
  private retry = 0;
  private failures = 0;
  private heardAt = 0;

  /** @param now reads values once, for while nothing is scanned and so nothing is streamed */
  constructor(private readonly open: Open, private readonly now: (paths: readonly string[]) => Promise<readonly PlcVariable[]>) {}

  latest(path: string): PlcValue | undefined {
    return this.watched.get(path)?.value;
  }

  /** The last values as numbers, oldest first: the same list as long as none came. */
  trace(path: string): readonly number[] {
    return this.watched.get(path)?.trace ?? [];
  }

  watch(path: string, listener: () => void): () => void {
    let entry = this.watched.get(path);
    if (!entry) {
      this.watched.set(path, (entry = { listeners: new Set(), value: undefined, trace: [] }));
      this.scheduleStream();
    }
    const { listeners } = entry;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.scheduleStream();
    };
  }

  /** Every event as it comes. */
  tap(tap: Tap): () => void {
    this.taps.add(tap);
    return () => this.taps.delete(tap);
  }

  private scheduleStream(): void {
    if (!this.gather) this.gather = window.setTimeout(() => this.restart(), GATHER_MILLIS);
  }

  private scope = '';

  private restart(): void {
    this.gather = 0;
    for (const [path, { listeners }] of this.watched) if (listeners.size === 0) this.watched.delete(path);
    const scope = [...this.watched.keys()].sort().join('\n');
    if (scope === this.scope && this.stream) return;
    this.scope = scope;
    window.clearTimeout(this.retry);
    this.stream?.abort();
    this.stream = null;
    if (scope) void this.connect(scope.split('\n'));
  }

  private async connect(paths: readonly string[]): Promise<void> {
    const stream = new AbortController();
    this.stream = stream;
    this.heardAt = Date.now();
    const silence = window.setInterval(() => {
      if (Date.now() - this.heardAt > SILENCE_MILLIS) stream.abort();
    }, 1000);
    try {
      const response = await this.open(paths, EVERY_MILLIS, stream.signal);
      this.now(paths).then((values) => this.fill(values), () => undefined);
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser(({ event, data }) => {
        if (event === 'variables' && this.stream === stream) this.take(JSON.parse(data) as Changes);
      });
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        this.heardAt = Date.now();
        parser.feed(value);
      }
    } catch {
      // Whatever ended it: if it was not us, it is tried again.
    } finally {
      window.clearInterval(silence);
    }
    if (this.stream === stream) this.lose();
  }

  private lose(): void {
    this.stream = null;
    this.scope = '';
    for (const entry of this.watched.values()) {
      entry.value = undefined;
      for (const listener of entry.listeners) listener();
    }
    this.retry = window.setTimeout(() => this.restart(), BACKOFF_MILLIS[Math.min(this.failures++, BACKOFF_MILLIS.length - 1)]);
  }

  /** What the stream has told already is newer. */
  private fill(values: readonly PlcVariable[]): void {
    for (const { path, value } of values) {
      const entry = this.watched.get(path);
      if (entry?.value !== undefined || !entry) continue;
      entry.value = value;
      for (const listener of entry.listeners) listener();
    }
  }

  private take(changes: Changes): void {
    this.failures = 0;
    this.missing = new Set(changes.missing);
    for (const [path, entry] of this.watched) {
      const changed = Object.hasOwn(changes.values, path);
      if (changed) entry.value = changes.values[path];
      if (entry.value === undefined) continue;
      entry.trace.push(pointOf(entry.value));
      if (entry.trace.length > TRACE_POINTS) entry.trace.shift();
      if (changed) for (const listener of entry.listeners) listener();
    }
    for (const tap of this.taps) tap(changes);
  }
}

/** A value as a point of a curve; NaN for what is no number. */
export function pointOf(value: PlcValue | undefined): number {
  return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : Number.NaN;
}

export const feed = new VariableFeed(plcApi.stream, plcApi.values);
