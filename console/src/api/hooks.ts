import { useMemo, useSyncExternalStore } from 'react';
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

/** The worst severity among an asset's signals that have a value, and how many have it. */
export function useWorst(asset: Asset): { severity: Severity; count: number } {
  const subscribe = useMemo(() => (listener: () => void) => {
    if (!live.streamsWhole()) return () => undefined;
    const ends = asset.signals.map((signal) => live.watch(signal.name, listener));
    return () => ends.forEach((end) => end());
  }, [asset]);
  const text = useSyncExternalStore(subscribe, () => worstOf(asset));
  const [severity, count] = text.split(' ');
  return { severity: severity as Severity, count: Number(count) };
}

/** As text, which compares by value. */
function worstOf(asset: Asset): string {
  const counts = { good: 0, uncertain: 0, bad: 0 };
  for (const { name } of asset.signals) {
    const latest = live.latest(name);
    if (latest) counts[severityOf(latest.status)]++;
  }
  const severity = counts.bad > 0 ? 'bad' : counts.uncertain > 0 ? 'uncertain' : 'good';
  return `${severity} ${counts[severity]}`;
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
