import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { plcApi, type Force, type PlcInstance, type PlcSource, type PlcStatus, type PlcValue, type PlcVariable } from './plc';
import { feed } from './variables';

const PERIOD_MILLIS = 1000;
const PATIENCE_MILLIS = 6000;

/** What the PLC does, asked for each second while somebody looks. */
class StatusStore {
  status: PlcStatus | null = null;
  /** When it was told, by this browser's clock. */
  at = 0;
  failed = false;

  private readonly watchers = new Set<() => void>();
  private timer = 0;
  private asking = false;

  watch(listener: () => void): () => void {
    this.watchers.add(listener);
    if (!this.asking && !this.timer) void this.poll();
    return () => this.watchers.delete(listener);
  }

  /** After a change: what it did is to be seen at once. */
  again(): void {
    window.clearTimeout(this.timer);
    this.timer = 0;
    if (!this.asking) void this.poll();
  }

  private async poll(): Promise<void> {
    this.timer = 0;
    this.asking = true;
    try {
      this.status = await plcApi.status(AbortSignal.timeout(PATIENCE_MILLIS));
      this.at = Date.now();
      this.failed = false;
    } catch {
      this.failed = true;
    }
    this.asking = false;
    for (const listener of this.watchers) listener();
    if (this.watchers.size > 0) this.timer = window.setTimeout(() => void this.poll(), PERIOD_MILLIS);
  }
}

export const plcStatus = new StatusStore();
const onStatus = (listener: () => void) => plcStatus.watch(listener);

export function usePlcStatus(): PlcStatus | null {
  return useSyncExternalStore(onStatus, () => plcStatus.status);
}

/** True while what is shown may no longer be what is. */
export function usePlcLost(): boolean {
  return useSyncExternalStore(onStatus, () => plcStatus.failed);
}

/** Where values of variables come from: the PLC that runs, or a moment of a recording. */
export interface Values {
  watch(path: string, listener: () => void): () => void;
  latest(path: string): PlcValue | undefined;
}

export const ValuesContext = createContext<Values>(feed);

/** The force of a variable of the PLC that runs, if it has one. */
export function useForce(path: string): Force | undefined {
  const status = usePlcStatus();
  const past = useContext(ValuesContext) !== feed;
  return past ? undefined : status?.forces.find((force) => force.path.toUpperCase() === path.toUpperCase());
}

export function useVariable(path: string): PlcValue | undefined {
  const values = useContext(ValuesContext);
  const subscribe = useMemo(() => (listener: () => void) => values.watch(path, listener), [values, path]);
  return useSyncExternalStore(subscribe, () => values.latest(path));
}

/** The program that runs: its texts, instances and variables. */
export interface PlcProgram {
  readonly sources: readonly PlcSource[];
  readonly instances: readonly PlcInstance[];
  readonly variables: readonly PlcVariable[];
}

/** Null until it is read; read again when another program runs, and when the connection was lost. */
export function usePlcProgram(): PlcProgram | null {
  const [program, setProgram] = useState<PlcProgram | null>(null);
  const lost = usePlcLost();
  const programs = usePlcStatus()?.programs ?? 0;
  useEffect(() => {
    if (lost) return undefined;
    let over = false;
    void Promise.all([plcApi.sources(), plcApi.instances(), plcApi.variables()]).then(([sources, instances, variables]) => {
      if (!over) setProgram({ sources, instances, variables });
    }, () => undefined);
    return () => {
      over = true;
    };
  }, [lost, programs]);
  return program;
}
