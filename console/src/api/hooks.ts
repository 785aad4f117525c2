import { useMemo, useSyncExternalStore } from 'react';
import { live, type Link, type Live } from './live';
import type { Asset, Plant, PlantState, Signal } from './types';

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
