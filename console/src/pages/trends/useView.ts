import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNow } from '../../api/hooks';
import { live } from '../../api/live';
import { bounded, spanOf, type View } from '../../model/view';

export interface ViewControl {
  readonly view: View;
  /** Whether the view follows the present. */
  readonly following: boolean;
  readonly span: number;
  /** Changes the newest view and stops following. */
  readonly move: (change: (view: View) => View) => void;
  readonly setSpan: (span: number) => void;
  readonly follow: (follows: boolean) => void;
}

/** A view that stands still, or follows the present with a span. */
export function useView(firstSpan: number, first: View | null): ViewControl {
  const [span, keepSpan] = useState(first ? spanOf(first) : firstSpan);
  const [still, setStill] = useState<View | null>(first);
  const now = useFrames(still === null, span);
  const view = useMemo(() => still ?? { from: now - span, to: now }, [still, now, span]);
  const newest = useRef(view);
  useEffect(() => {
    newest.current = view;
  });
  const move = useCallback((change: (view: View) => View) => {
    const next = bounded(change(newest.current), live.now());
    newest.current = next;
    keepSpan(spanOf(next));
    setStill(next);
  }, []);
  const setSpan = useCallback((next: number) => {
    keepSpan(next);
    setStill((before) => before && { from: before.to - next, to: before.to });
  }, []);
  const follow = useCallback((follows: boolean) => setStill(follows ? null : newest.current), []);
  return { view, following: still === null, span, move, setSpan, follow };
}

/** The server's time, often enough that a live curve glides over the screen and no oftener. */
function useFrames(following: boolean, span: number): number {
  useNow();
  const [now, setNow] = useState(live.now());
  useEffect(() => {
    if (!following) return undefined;
    setNow(live.now());
    const timer = window.setInterval(() => {
      if (live.link.state === 'live') setNow(live.now());
    }, Math.min(1000, Math.max(100, span / 1500)));
    return () => window.clearInterval(timer);
  }, [following, span]);
  return now;
}
