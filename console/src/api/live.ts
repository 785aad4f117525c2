import { api, query, send } from './client';
import { EventParser, type ServerEvent } from './events';
import type { LatestValue, Plant, PlantState, SignalValue, StreamedSample } from './types';

/** The newest sample of a signal; times in epoch milliseconds. */
export interface Live {
  readonly value: SignalValue;
  readonly status: number;
  readonly source: number | null;
  readonly receive: number | null;
  /** Source time since which its severity has been the same, as far as this page has seen. */
  readonly since: number | null;
}

export type Link =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly since: number; readonly retryAt: number };

/** Plants up to this size are streamed whole; of larger ones only what is on the screen. */
const WHOLE_PLANT = 500;
/** `state` comes once a second: after this silence the connection counts as lost even where TCP has not noticed. */
const SILENCE_MILLIS = 6000;
const REPAINT_MILLIS = 200;
const KEPT_POINTS = 120;
/** Traces keep a point a second: two minutes, whatever the rate of the signal. */
const TRACE_MILLIS = 1000;
const BACKOFF_MILLIS = [500, 1000, 2000, 3000, 5000];

type Listener = () => void;

interface Subscription {
  response: Response;
  values: LatestValue[];
}

/** The browser's picture of the plant: one stream, kept alive, from which every page reads. */
export class LiveStore {
  plant: Plant | null = null;
  state: PlantState | null = null;
  link: Link = { state: 'connecting' };

  private begin: () => void = () => void this.connect();
  private readonly values = new Map<string, Live>();
  private readonly traces = new Map<string, { points: number[]; last: number }>();
  private readonly watchers = new Map<string, Set<Listener>>();
  private readonly plantWatchers = new Set<Listener>();
  private readonly taps = new Set<(samples: readonly StreamedSample[]) => void>();
  private readonly changed = new Set<string>();
  private plantText = '';
  private scope = '';
  private failures = 0;
  private heardAt = 0;
  private stream: AbortController | null = null;
  private repaint = 0;
  private rescope = 0;
  private retry = 0;
  /** Server clock minus browser clock, from the freshest sample seen, so that ages do not depend on the browser's. */
  private clockAhead = Number.NEGATIVE_INFINITY;

  start(): void {
    void this.connect();
    window.setInterval(() => this.checkSilence(), 1000);
    window.addEventListener('online', () => this.retryNow());
  }

  /** Now, by the server's clock as far as it is known. */
  now(): number {
    return Date.now() + (Number.isFinite(this.clockAhead) ? this.clockAhead : 0);
  }

  latest(signal: string): Live | undefined {
    return this.values.get(signal);
  }

  /** The last values of a signal that somebody looks at, oldest first; null where the quality was bad. */
  trace(signal: string): readonly number[] {
    return this.traces.get(signal)?.points ?? [];
  }

  watch(signal: string, listener: Listener): () => void {
    let set = this.watchers.get(signal);
    if (!set) {
      this.watchers.set(signal, (set = new Set()));
      if (!this.traces.has(signal)) this.traces.set(signal, { points: [], last: 0 });
      this.scheduleScope();
    }
    set.add(listener);
    return () => {
      set.delete(listener);
      if (set.size === 0 && this.watchers.get(signal) === set) {
        this.watchers.delete(signal);
        this.scheduleScope();
      }
    };
  }

  watchPlant(listener: Listener): () => void {
    this.plantWatchers.add(listener);
    return () => this.plantWatchers.delete(listener);
  }

  /** Every sample as it arrives, for pages that draw curves. */
  tap(listener: (samples: readonly StreamedSample[]) => void): () => void {
    this.taps.add(listener);
    return () => this.taps.delete(listener);
  }

  retryNow(): void {
    if (this.link.state !== 'lost') return;
    window.clearTimeout(this.retry);
    this.begin();
  }

  /** Where there is no plant to be streamed, somebody else asks the node and reports how it goes. */
  retryBy(begin: () => void): void {
    this.begin = begin;
  }

  report(link: Link): void {
    this.setLink(link);
  }

  /** Reads the values of every signal once, for what must know of those that are not streamed. */
  async readAll(): Promise<void> {
    this.takeAll(await this.timed(api.values([])));
  }

  /** Whether every signal is streamed, so that watching one costs nothing. */
  streamsWhole(): boolean {
    return this.wanted().length === 0;
  }

  private wanted(): string[] {
    const plant = this.plant;
    if (!plant) return [];
    const all = plant.assets.flatMap((asset) => asset.signals);
    if (all.length <= WHOLE_PLANT) return [];
    const watched = [...this.watchers.keys()].sort();
    return watched.length > 0 ? watched : all.slice(0, 1).map((signal) => signal.name);
  }

  private scheduleScope(): void {
    window.clearTimeout(this.rescope);
    this.rescope = window.setTimeout(() => {
      if (this.link.state === 'live' && this.wanted().join('\n') !== this.scope) void this.connect();
    }, 250);
  }

  private async connect(): Promise<void> {
    const stream = new AbortController();
    const previous = this.stream;
    this.stream = stream;
    try {
      const { response, values } = await this.timed(this.link.state === 'live' ? this.subscribe(stream.signal) : this.open(stream.signal));
      previous?.abort();
      if (stream.signal.aborted || this.stream !== stream) return;
      this.takeAll(values);
      this.tellChanged();
      this.clockAhead = Number.NEGATIVE_INFINITY;
      this.failures = 0;
      this.heardAt = Date.now();
      this.setLink({ state: 'live' });
      await this.read(response, stream);
      if (this.stream === stream) this.lose();
    } catch {
      if (this.stream === stream) this.lose();
    }
  }

  /** The plant, and at the same time what is live in it; of a large plant that is asked for again, for less. */
  private async open(end: AbortSignal): Promise<Subscription> {
    const tooMuch = new AbortController();
    const begun = this.subscribe(AbortSignal.any([end, tooMuch.signal]));
    begun.catch(() => undefined);
    const guessed = this.scope;
    this.takePlant(await api.plant());
    if (this.wanted().join('\n') === guessed) return begun;
    tooMuch.abort();
    return this.subscribe(end);
  }

  /** The stream first and then the values, so that nothing falls between them. */
  private async subscribe(end: AbortSignal): Promise<Subscription> {
    const signals = this.wanted();
    this.scope = signals.join('\n');
    const response = await send(`/stream${query({ signal: signals })}`, { accept: 'text/event-stream', signal: end });
    return { response, values: await api.values(signals, end) };
  }

  private async timed<T>(work: Promise<T>): Promise<T> {
    let timer = 0;
    const late = new Promise<never>((_, reject) => {
      timer = window.setTimeout(() => reject(new Error('no answer')), SILENCE_MILLIS);
    });
    return Promise.race([work, late]).finally(() => window.clearTimeout(timer));
  }

  private async read(response: Response, stream: AbortController): Promise<void> {
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser((event) => {
      if (this.stream === stream) this.receive(event);
    });
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.heardAt = Date.now();
      parser.feed(value);
    }
  }

  private receive({ event, data }: ServerEvent): void {
    if (event === 'samples') {
      const samples = JSON.parse(data) as StreamedSample[];
      for (const sample of samples) this.take(sample);
      for (const tap of this.taps) tap(samples);
    } else if (event === 'state') {
      this.state = JSON.parse(data) as PlantState;
      this.tellPlant();
    }
  }

  private takeAll(values: readonly LatestValue[]): void {
    for (const { signal, value, quality, sourceTime, receiveTime } of values) {
      this.take([signal, value, quality.code, millis(sourceTime), millis(receiveTime)]);
    }
  }

  private take([signal, value, status, source, receive]: StreamedSample): void {
    const before = this.values.get(signal);
    const since = before && before.status >>> 30 === status >>> 30 ? before.since : source;
    this.values.set(signal, { value, status, source, receive, since });
    if (receive) this.clockAhead = Math.max(this.clockAhead, receive - Date.now());
    this.traceOn(signal, value, status);
    this.changed.add(signal);
    if (!this.repaint) this.repaint = window.setTimeout(() => this.tellChanged(), REPAINT_MILLIS);
  }

  private traceOn(signal: string, value: SignalValue, status: number): void {
    const trace = this.traces.get(signal);
    if (!trace) return;
    const usable = typeof value === 'boolean' ? Number(value) : value;
    const point = typeof usable === 'number' && status >>> 31 === 0 ? usable : Number.NaN;
    const { points } = trace;
    const turned = Number.isNaN(point) !== Number.isNaN(points[points.length - 1] ?? Number.NaN);
    const now = performance.now();
    if (!turned && now - trace.last < TRACE_MILLIS) return;
    trace.last = now;
    points.push(point);
    if (points.length > KEPT_POINTS) points.shift();
  }

  private tellChanged(): void {
    window.clearTimeout(this.repaint);
    this.repaint = 0;
    const names = [...this.changed];
    this.changed.clear();
    for (const name of names) for (const listener of this.watchers.get(name) ?? []) listener();
  }

  private takePlant(plant: Plant): void {
    const text = JSON.stringify(plant);
    if (text === this.plantText) return;
    this.plantText = text;
    this.plant = plant;
    this.tellPlant();
  }

  private tellPlant(): void {
    for (const listener of this.plantWatchers) listener();
  }

  private setLink(link: Link): void {
    this.link = link;
    this.tellPlant();
  }

  private checkSilence(): void {
    if (this.link.state === 'live' && Date.now() - this.heardAt > SILENCE_MILLIS) {
      this.lose();
    }
  }

  private lose(): void {
    this.stream?.abort();
    this.stream = null;
    const pause = BACKOFF_MILLIS[Math.min(this.failures++, BACKOFF_MILLIS.length - 1)]!;
    const wait = pause * (0.8 + 0.4 * Math.random());
    const since = this.link.state === 'lost' ? this.link.since : Date.now();
    this.setLink({ state: 'lost', since, retryAt: Date.now() + wait });
    window.clearTimeout(this.retry);
    this.retry = window.setTimeout(() => void this.connect(), wait);
  }
}

function millis(time: string | null): number {
  return time ? Date.parse(time.replace(/(\.\d{3})\d+/, '$1')) : 0;
}

export const live = new LiveStore();
