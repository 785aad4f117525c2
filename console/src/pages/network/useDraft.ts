import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Problem } from '../../api/client';
import { networkApi, type Message, type Network, type Plan } from '../../api/network';
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
  readonly problem: string | Message;
  readonly canUndo: boolean;
  change(next: Network): void;
  undo(): void;
  revert(): void;
  /** Plans what is drawn, or what is just being changed to; what is being planned so far is stopped. */
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

/** What went wrong, by its code where it has one; `fetch` rejects with a TypeError where nobody answers. */
export function said(error: unknown): string | Message {
  if (error instanceof TypeError) return { code: 'not-reached', arguments: {}, text: error.message };
  return error instanceof Problem && error.told ? error.told : error instanceof Error ? error.message : String(error);
}

export function useDraft(): Draft {
  const [plant, setPlant] = useState<Network | null>(null);
  const [past, setPast] = useState<readonly Network[]>([]);
  const [network, setNetwork] = useState<Network | null>(kept);
  const [planned, setPlanned] = useState<{ plan: Plan; of: Network } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | Message>('');
  const [by] = useState(() => Math.random().toString(36).slice(2));
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
    if (!drawn) return;
    asking.current?.abort();
    const mine = new AbortController();
    asking.current = mine;
    setBusy(true);
    setProblem('');
    networkApi.plan(drawn, seconds, by, mine.signal)
      .then((plan) => !mine.signal.aborted && setPlanned({ plan, of: drawn }), (error: unknown) => !mine.signal.aborted && setProblem(said(error)))
      .finally(() => !mine.signal.aborted && setBusy(false));
  }, [network, by]);

  return {
    network, changed, plan: planned?.plan ?? null, current: planned !== null && planned.of === network && !problem, busy, problem,
    canUndo: past.length > 0, change, undo, revert: () => change(plant ?? EMPTY), start,
  };
}
