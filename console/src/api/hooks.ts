import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { live, type Link, type Live } from './live';
import { severityOf } from '../model/quality';
import type { Asset, Plant, PlantState, Severity, Signal } from './types';

const onPlant = (listener: () => void) => live.watchPlant(listener);

export function usePlant(): Plant | null {
  return useSyncExternalStore(onPlant, () => live.plant);
}

export function usePlantState(): PlantState | null {
  return useSyncExternalStore(onPlant, () => live.state);
}

export function useLink(): Link {
  return useSyncExternalStore(onPlant, () => live.link);
}

/** True while what is shown may no longer be what is. */
export function useStale(): boolean {
  return useSyncExternalStore(onPlant, () => live.link.state !== 'live');
}

export function useLive(signal: string): Live | undefined {
  const subscribe = useMemo(() => (listener: () => void) => live.watch(signal, listener), [signal]);
  return useSyncExternalStore(subscribe, () => live.latest(signal));
}

export interface Worst {
  readonly severity: Severity;
  /** How many signals are that bad. */
  readonly count: number;
  /** The status code and beginning of the one among them that began first. */
  readonly status: number;
  readonly since: number | null;
}

/** The worst among signals that have a value; in plants that are not streamed whole nothing is known of most. */
export function useWorst(signals: readonly Signal[]): Worst {
  const subscribe = useMemo(() => (listener: () => void) => {
    if (!live.streamsWhole()) return () => undefined;
    const ends = signals.map((signal) => live.watch(signal.name, listener));
    return () => ends.forEach((end) => end());
  }, [signals]);
  const text = useSyncExternalStore(subscribe, () => JSON.stringify(worstOf(signals)));
  return useMemo(() => JSON.parse(text) as Worst, [text]);
}

const RANK = { good: 0, uncertain: 1, bad: 2 };

function worstOf(signals: readonly Signal[]): Worst {
  let worst: Worst = { severity: 'good', count: 0, status: 0, since: null };
  for (const { name } of signals) {
    const latest = live.latest(name);
    if (!latest) continue;
    const { status, since } = latest;
    const severity = severityOf(status);
    if (RANK[severity] > RANK[worst.severity]) worst = { severity, count: 1, status, since };
    else if (severity === worst.severity) {
      const earlier = since !== null && (worst.since === null || since < worst.since);
      worst = { severity, count: worst.count + 1, status: earlier ? status : worst.status, since: earlier ? since : worst.since };
    }
  }
  return worst;
}

const clock = {
  listeners: new Set<() => void>(),
  timer: 0,
  second: Math.floor(Date.now() / 1000),
  watch(listener: () => void): () => void {
    clock.listeners.add(listener);
    if (!clock.timer) {
      clock.timer = window.setInterval(() => {
        clock.second = Math.floor(Date.now() / 1000);
        for (const each of clock.listeners) each();
      }, 1000);
    }
    return () => {
      clock.listeners.delete(listener);
      if (clock.listeners.size === 0) {
        window.clearInterval(clock.timer);
        clock.timer = 0;
      }
    };
  },
};

/** The server's time in milliseconds, renewed once a second. */
export function useNow(): number {
  useSyncExternalStore(clock.watch, () => clock.second);
  return live.now();
}

/**
 * A count that grows once a second while it is wanted, for what depends on the values of many signals. Where not all
 * are streamed they are read, every ten seconds.
 */
export function useSecondsWhile(wanted: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!wanted) return undefined;
    let count = 0;
    const tick = () => {
      if (count++ % 10 === 0 && !live.streamsWhole()) void live.readAll().then(() => setSeconds((before) => before + 1), () => undefined);
      setSeconds((before) => before + 1);
    };
    tick();
    const timer = window.setInterval(tick, 1000);
    return () => window.clearInterval(timer);
  }, [wanted]);
  return seconds;
}

export interface SignalPlace {
  readonly asset: Asset;
  readonly signal: Signal;
}

/** Signals of the plant by name. */
export function useSignals(): ReadonlyMap<string, SignalPlace> {
  const plant = usePlant();
  return useMemo(() => {
    const pairs = (plant?.assets ?? []).flatMap((asset) =>
      asset.signals.map((signal): [string, SignalPlace] => [signal.name, { asset, signal }]),
    );
    return new Map(pairs);
  }, [plant]);
}
