import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import { panned, pinched, spanOf, zoomed, type View } from '../../model/view';

export interface Gestures {
  onKeyDown: (event: KeyboardEvent) => void;
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: (event: PointerEvent) => void;
  onPointerCancel: (event: PointerEvent) => void;
  onPointerLeave: (event: PointerEvent) => void;
}

export interface Steering {
  /** The element that is steered, and where in it the plot lies. */
  readonly box: RefObject<HTMLElement | null>;
  readonly margins: { left: number; right: number };
  readonly view: View;
  readonly cursor: number | null;
  /** Changes the view that is newest, which may be newer than the one on the screen. */
  readonly onMove: (change: (view: View) => View) => void;
  readonly onCursor: (time: number | null) => void;
  readonly onFollow: () => void;
}

/** A finger that moved less than this has tapped. */
const TAP_PIXELS = 6;

/** Wheel, mouse, fingers and keys, all of them ways to move and stretch the view. */
export function useGestures(steering: Steering): Gestures {
  const newest = useRef(steering);
  useEffect(() => {
    newest.current = steering;
  });
  const pointers = useRef(new Map<number, number>());
  const began = useRef(0);

  const plot = () => {
    const { box, margins } = newest.current;
    const { left, width } = box.current!.getBoundingClientRect();
    return { left: left + margins.left, width: Math.max(1, width - margins.left - margins.right) };
  };
  const shareAt = (x: number) => (x - plot().left) / plot().width;
  const timeAt = (x: number) => newest.current.view.from + shareAt(x) * spanOf(newest.current.view);
  const pointAt = (x: number) => {
    const { view, onCursor } = newest.current;
    onCursor(Math.min(view.to, Math.max(view.from, timeAt(x))));
  };

  const wheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    wheel.current = (event) => {
      event.preventDefault();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      const { onMove } = newest.current;
      const share = shareAt(event.clientX);
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) onMove((view) => panned(view, sideways / plot().width));
      else {
        const factor = Math.exp(Math.max(-1, Math.min(1, event.deltaY * (event.ctrlKey ? 0.01 : 0.002))));
        onMove((view) => zoomed(view, factor, view.from + share * spanOf(view)));
      }
    };
  });
  const { box } = steering;
  useEffect(() => {
    const element = box.current!;
    const listener = (event: WheelEvent) => wheel.current(event);
    element.addEventListener('wheel', listener, { passive: false });
    return () => element.removeEventListener('wheel', listener);
  }, [box]);

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (pointers.current.size === 0) began.current = event.clientX;
    if (pointers.current.size < 2) pointers.current.set(event.pointerId, event.clientX);
    box.current!.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const held = pointers.current;
    if (event.pointerType === 'mouse') pointAt(event.clientX);
    const before = held.get(event.pointerId);
    if (before === undefined || before === event.clientX) return;
    const { width } = plot();
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, event.clientX);
    if (other === undefined) newest.current.onMove((view) => panned(view, (before - event.clientX) / width));
    else {
      const [was, is, still] = [before, event.clientX, other].map(shareAt) as [number, number, number];
      newest.current.onMove((view) => pinched(view, [was, still], [is, still], width));
    }
  };
  const onPointerUp = (event: PointerEvent) => {
    const alone = pointers.current.size === 1;
    if (pointers.current.delete(event.pointerId) && alone && Math.abs(event.clientX - began.current) < TAP_PIXELS) pointAt(event.clientX);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { cursor, view, onMove, onCursor, onFollow } = newest.current;
    const middle = cursor ?? (view.from + view.to) / 2;
    const back = event.key === 'ArrowLeft';
    const cursorTo = (time: number) => onCursor(Math.min(view.to, Math.max(view.from, time)));
    if (back || event.key === 'ArrowRight') {
      if (event.shiftKey) cursorTo(middle + (spanOf(view) / 200) * (back ? -1 : 1));
      else onMove((now) => panned(now, back ? -0.1 : 0.1));
    } else if (event.key === 'PageUp' || event.key === 'PageDown') onMove((now) => panned(now, event.key === 'PageUp' ? -1 : 1));
    else if (event.key === '+' || event.key === '=') onMove((now) => zoomed(now, 0.7, middle));
    else if (event.key === '-') onMove((now) => zoomed(now, 1 / 0.7, middle));
    else if (event.key.toLowerCase() === 'l') onFollow();
    else if (event.key === 'Escape') onCursor(null);
    else return;
    event.preventDefault();
  };
  return {
    onKeyDown, onPointerDown, onPointerMove, onPointerUp,
    onPointerCancel: (event) => pointers.current.delete(event.pointerId),
    onPointerLeave: (event) => event.pointerType === 'mouse' && newest.current.onCursor(null),
  };
}
