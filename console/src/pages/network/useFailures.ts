import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { networkApi, type FailedPart, type Failure, type Message } from '../../api/network';
import { numberOf } from '../../model/failures';
import { said } from './useDraft';

/** Failures of a plan: all that there may be, what is known of them, and which one is shown. */
export interface Failures {
  readonly parts: readonly FailedPart[];
  readonly known: ReadonlyMap<number, Failure>;
  /** The number of the failure that is shown. */
  readonly shown: number | null;
  readonly running: boolean;
  readonly problem: string | Message;
  /** Shows what becomes of the streams when a node, or the link of two, fails; or a failure by its number. */
  show(what: readonly string[] | number): void;
  /** Looks at all that are not known yet, one after the other: those of one part, or of two. */
  start(pairs: boolean): void;
  stop(): void;
}

interface Found { plan: string | null; parts: readonly FailedPart[]; known: ReadonlyMap<number, Failure>; wanted: readonly string[] | number; problem: string | Message }
const nothing = (plan: string | null): Found => ({ plan, parts: [], known: new Map(), wanted: [], problem: '' });

/** @param plan the name of the plan; null where there is none, or nobody wants to know */
export function useFailures(plan: string | null): Failures {
  const [found, setFound] = useState<Found>(nothing(null));
  const [running, setRunning] = useState(false);
  const asking = useRef<AbortController | null>(null);
  const now = found.plan === plan ? found : nothing(plan);
  const update = (of: string, change: (before: Found) => Partial<Found>) =>
    setFound((before) => (before.plan === of ? { ...before, ...change(before) } : before));

  useEffect(() => {
    setRunning(false);
    setFound(nothing(plan));
    if (!plan) return undefined;
    const cancel = new AbortController();
    networkApi.failures(plan, cancel.signal).then(
      (parts) => update(plan, () => ({ parts })),
      (error: unknown) => !cancel.signal.aborted && update(plan, () => ({ problem: said(error) })),
    );
    return () => {
      cancel.abort();
      asking.current?.abort();
    };
  }, [plan]);

  const look = async (number: number, signal: AbortSignal) => {
    if (!plan) return;
    const view = await networkApi.failure(plan, number, signal);
    update(plan, ({ known }) => ({ known: new Map(known).set(number, view) }));
  };
  const told = (signal: AbortSignal) => (error: unknown) => {
    if (plan && !signal.aborted) update(plan, () => ({ problem: said(error) }));
  };

  const shown = typeof now.wanted === 'number' ? now.wanted : numberOf(now.parts, now.wanted);
  const missing = shown >= 0 && !now.known.has(shown) ? shown : -1;
  const lookAt = useEffectEvent((number: number, signal: AbortSignal) => look(number, signal).catch(told(signal)));
  useEffect(() => {
    if (missing < 0) return undefined;
    const cancel = new AbortController();
    void lookAt(missing, cancel.signal);
    return () => cancel.abort();
  }, [missing]);

  const show = (what: readonly string[] | number) => {
    if (plan) update(plan, () => ({ wanted: what, problem: '' }));
  };

  const start = (pairs: boolean) => {
    const mine = new AbortController();
    asking.current = mine;
    setRunning(true);
    const all = async () => {
      for (const number of now.parts.keys()) {
        if (mine.signal.aborted) return;
        if (!now.known.has(number) && pairs === (now.parts[number]!.and !== undefined)) await look(number, mine.signal);
      }
    };
    all().catch(told(mine.signal)).finally(() => asking.current === mine && setRunning(false));
  };

  const stop = () => {
    asking.current?.abort();
    setRunning(false);
  };

  return { parts: now.parts, known: now.known, shown: shown < 0 ? null : shown, problem: now.problem, running, show, start, stop };
}
