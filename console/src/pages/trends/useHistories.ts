import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client';
import { live } from '../../api/live';
import type { History, StreamedSample } from '../../api/types';
import { bucketMillis, extend } from '../../model/curves';
import { spanOf, type View } from '../../model/view';

/** Three windows are read at once, so that panning finds data already there; the next is read this share before an edge. */
const AHEAD = 0.3;
const SETTLE_MILLIS = 100;
const RETRY_MILLIS = 3000;
/** A curve of single samples grows by the stream; it is read again this seldom, for what came late. */
const RAW_RENEWAL_MILLIS = 15_000;

export interface Histories {
  readonly of: ReadonlyMap<string, History>;
  readonly problem: { name: string; why: string } | null;
}

/** What was read or is being read of a signal. */
interface Reading extends View {
  readonly at: number;
  readonly step: number;
  readonly cancel: AbortController;
  raw: boolean;
}

/** Histories of the signals around the view: read again when the view nears their edge or needs another resolution. */
export function useHistories(signals: readonly string[], view: View, following: boolean): Histories {
  const [histories, setHistories] = useState<ReadonlyMap<string, History>>(new Map());
  const [problem, setProblem] = useState<Histories['problem']>(null);
  const readings = useRef(new Map<string, Reading>());
  const wanted = useRef({ signals, view, following });
  const timer = useRef(0);
  useEffect(() => {
    wanted.current = { signals, view, following };
    if (timer.current) return;
    timer.current = window.setTimeout(read, readings.current.size === 0 ? 0 : SETTLE_MILLIS);
  });
  useEffect(() => () => {
    window.clearTimeout(timer.current);
    timer.current = 0;
    for (const { cancel } of readings.current.values()) cancel.abort();
    readings.current.clear();
  }, []);

  function read() {
    timer.current = 0;
    for (const name of wanted.current.signals) {
      const before = readings.current.get(name);
      if (before && suffices(before, wanted.current.view, wanted.current.following)) continue;
      before?.cancel.abort();
      void readOne(name);
    }
  }

  async function readOne(name: string) {
    const reading = around(wanted.current.view);
    readings.current.set(name, reading);
    try {
      const history = await api.history(name, reading.from, reading.to, (reading.to - reading.from) / reading.step, reading.cancel.signal);
      reading.raw = history.kind === 'raw';
      setHistories((all) => new Map(all).set(name, history));
      setProblem((now) => (now?.name === name ? null : now));
    } catch (error) {
      if (reading.cancel.signal.aborted) return;
      setProblem({ name, why: error instanceof Error ? error.message : String(error) });
      window.setTimeout(() => readings.current.get(name) === reading && readings.current.delete(name), RETRY_MILLIS);
    }
  }

  useGrowth(setHistories, spanOf(view), following);
  return { of: histories, problem };
}

/** Three times the view, on whole buckets: a bucket then holds the same samples wherever the view is. */
function around(view: View): Reading {
  const span = spanOf(view);
  const step = bucketMillis(span);
  const from = Math.floor((view.from - span) / step) * step;
  const to = Math.ceil(Math.min(view.to + span, Math.max(live.now(), view.to)) / step) * step;
  return { from, to, step, at: live.now(), cancel: new AbortController(), raw: false };
}

function suffices(have: Reading, view: View, following: boolean): boolean {
  const span = spanOf(view);
  if (!have.raw && have.step !== bucketMillis(span)) return false;
  if (have.to - have.from > 12 * span) return false;
  const ahead = following ? 0 : span * AHEAD;
  if (have.from > view.from - ahead) return false;
  const age = live.now() - have.at;
  if (following) return age < (have.raw ? RAW_RENEWAL_MILLIS : Math.max(2000, 2 * have.step));
  // The present is in view: what came since belongs into it.
  if (view.to > have.at && age > Math.max(5000, 2 * have.step)) return false;
  return have.to >= view.to + ahead || have.to >= live.now() - 1000;
}

/** Curves of single samples grow as samples arrive. */
function useGrowth(setHistories: (change: (all: ReadonlyMap<string, History>) => ReadonlyMap<string, History>) => void, span: number, following: boolean) {
  useEffect(() => {
    if (!following) return undefined;
    let arrived: StreamedSample[] = [];
    const end = live.tap((samples) => {
      arrived.push(...samples);
    });
    const timer = window.setInterval(() => {
      const samples = arrived;
      arrived = [];
      if (samples.length > 0) setHistories((all) => grown(all, samples, live.now() - 3 * span));
    }, Math.min(1000, Math.max(100, span / 1500)));
    return () => {
      end();
      window.clearInterval(timer);
    };
  }, [setHistories, span, following]);
}

function grown(all: ReadonlyMap<string, History>, samples: readonly StreamedSample[], keepFrom: number): ReadonlyMap<string, History> {
  let after: Map<string, History> | null = null;
  for (const [name, history] of all) {
    if (history.kind !== 'raw') continue;
    const longer = extend(history, samples.filter((sample) => sample[0] === name), keepFrom);
    if (longer !== history) (after ??= new Map(all)).set(name, longer);
  }
  return after ?? all;
}
