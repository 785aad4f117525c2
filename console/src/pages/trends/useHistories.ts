import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import { live } from '../../api/live';
import type { History } from '../../api/types';
import { extend } from '../../model/curves';

export interface View {
  from: number;
  to: number;
}

/** Buckets asked for per window; three windows are read at once, so that panning finds data already there. */
const BUCKETS = 900;
const SETTLE_MILLIS = 120;

export interface Histories {
  readonly of: ReadonlyMap<string, History>;
  readonly problem: { name: string; why: string } | null;
}

/** Histories of the signals around the view: read again when the view leaves them or needs another resolution. */
export function useHistories(signals: readonly string[], view: View, following: boolean): Histories {
  const [histories, setHistories] = useState<ReadonlyMap<string, History>>(new Map());
  const [problem, setProblem] = useState<Histories['problem']>(null);
  const loaded = useRef(new Map<string, View & { at: number }>());
  const key = signals.join('\n');
  const span = view.to - view.from;

  useEffect(() => {
    const names = key ? key.split('\n') : [];
    const cancel = new AbortController();
    const timer = window.setTimeout(() => {
      for (const name of names) {
        const have = loaded.current.get(name);
        if (have && covers(have, view, following)) continue;
        const from = view.from - span;
        const to = Math.min(view.to + span, Math.max(live.now(), view.to));
        api.history(name, from, to, BUCKETS * 3, cancel.signal).then(
          (history) => {
            loaded.current.set(name, { from, to, at: Date.now() });
            setHistories((before) => new Map(before).set(name, history));
            setProblem(null);
          },
          (error: unknown) => {
            if (!cancel.signal.aborted) setProblem({ name, why: error instanceof Error ? error.message : String(error) });
          },
        );
      }
    }, loaded.current.size === 0 ? 0 : SETTLE_MILLIS);
    // While following, the view moves all the time: a reading under way stays useful.
    return () => {
      window.clearTimeout(timer);
      if (!following) cancel.abort();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- following moves the view faster than it may be read
  }, [key, span, following, following ? Math.floor(view.to / Math.max(1000, span / 300)) : view.from]);

  useEffect(() => live.tap((samples) => {
    setHistories((before) => {
      let after: Map<string, History> | null = null;
      for (const [name, history] of before) {
        if (history.kind !== 'raw') continue;
        const longer = extend(history, samples.filter((sample) => sample[0] === name), live.now() - 3 * span);
        if (longer !== history && following) (after ??= new Map(before)).set(name, longer);
      }
      return after ?? before;
    });
  }), [span, following]);
  return { of: histories, problem };
}

function covers(have: View & { at: number }, view: View, following: boolean): boolean {
  const span = view.to - view.from;
  const ratio = (have.to - have.from) / span;
  if (ratio > 6 || ratio < 0.9) return false;
  if (following) return Date.now() - have.at < Math.max(2000, span / 300);
  return have.from <= view.from && (have.to >= view.to || have.to >= live.now() - 1000);
}
