import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { networkApi, type Network, type Plan } from '../../api/network';
import { EMPTY } from '../../model/network';

const KEY = 'millwright.network.draft';
const UNDOABLE = 50;

/** What is being drawn, and what came of planning it. */
export interface Draft {
  /** Null until the plant's network is known. */
  readonly network: Network | null;
  /** Whether the drawing is another than the plant file's. */
  readonly changed: boolean;
  /** The last plan, and whether it is of what is drawn now. */
  readonly plan: Plan | null;
  readonly current: boolean;
  readonly busy: boolean;
  readonly problem: string;
  readonly canUndo: boolean;
  change(next: Network): void;
  undo(): void;
  revert(): void;
  /** Plans what is drawn, or what is just being changed to. */
  start(seconds: number, next?: Network): void;
}

function kept(): Network | null {
  try {
    const text = localStorage.getItem(KEY);
    return text ? { ...EMPTY, ...(JSON.parse(text) as Network) } : null;
  } catch {
    return null;
  }
}

export function useDraft(): Draft {
  const [plant, setPlant] = useState<Network | null>(null);
  const [past, setPast] = useState<readonly Network[]>([]);
  const [network, setNetwork] = useState<Network | null>(kept);
  const [planned, setPlanned] = useState<{ plan: Plan; of: Network } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const asking = useRef<AbortController | null>(null);

  useEffect(() => {
    let over = false;
    void networkApi.read().catch(() => EMPTY).then((read) => {
      if (over) return;
      setPlant(read);
      setNetwork((drawn) => drawn ?? read);
    });
    return () => {
      over = true;
      asking.current?.abort();
    };
  }, []);

  const changed = useMemo(() => JSON.stringify(network) !== JSON.stringify(plant), [network, plant]);
  useEffect(() => {
    if (!network || !plant) return;
    if (changed) localStorage.setItem(KEY, JSON.stringify(network));
    else localStorage.removeItem(KEY);
  }, [network, plant, changed]);

  const change = useCallback((next: Network) => {
    if (network) setPast((before) => [...before.slice(-UNDOABLE), network]);
    setNetwork(next);
    setProblem('');
  }, [network]);

  const undo = useCallback(() => {
    const last = past.at(-1);
    if (!last) return;
    setNetwork(last);
    setPast(past.slice(0, -1));
    setProblem('');
  }, [past]);

  const start = useCallback((seconds: number, next?: Network) => {
    const drawn = next ?? network;
    if (!drawn || busy) return;
    asking.current = new AbortController();
    setBusy(true);
    setProblem('');
    networkApi.plan(drawn, seconds, asking.current.signal)
      .then((plan) => setPlanned({ plan, of: drawn }), (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false));
  }, [network, busy]);

  return {
    network, changed, plan: planned?.plan ?? null, current: planned !== null && planned.of === network && !problem, busy, problem,
    canUndo: past.length > 0, change, undo, revert: () => change(plant ?? EMPTY), start,
  };
}
