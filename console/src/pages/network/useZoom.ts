import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const MOST = 1.5;
const STEP = 2.2;
/** Two scales are the same if they differ by less. */
const NEAR = 1e-3;

interface Point { x: number; y: number }
export interface Extent { left: number; top: number; right: number; bottom: number }

export interface Zoom {
  readonly scale: number;
  /** Whether all of the drawing is in sight. */
  readonly whole: boolean;
  readonly most: boolean;
  showWhole(): void;
  /** A step nearer, or farther. */
  step(nearer: boolean): void;
  /** Brings a part of the drawing to the middle: as near as it is now if that is between the least and what leaves room for it. */
  show(part: Extent, least?: number): void;
}

/**
 * How near a drawing in a box that scrolls is looked at. It is moved by scrolling; pinching, and the wheel with Ctrl, bring
 * it nearer around where they are. At first all of it is in sight, at the scale that is told; at 1 there is nothing to do.
 */
export function useZoom(box: RefObject<HTMLElement | null>, width: number, height: number, inSight: number): Zoom {
  // an object, so that to be shown another part at the same scale is a change too
  const [wanted, setWanted] = useState<{ scale: number } | null>(null);
  const scale = Math.max(inSight, Math.min(MOST, wanted?.scale ?? inSight));
  /** Which point of the drawing is to be where in the box. */
  const held = useRef<{ of: Point; at: Point } | null>(null);
  /** How near it was when two fingers came down, for each pixel between them; null while there are no two. */
  const pinched = useRef<number | null>(null);

  useLayoutEffect(() => {
    const canvas = box.current;
    if (!canvas || !held.current) return;
    const { of, at } = held.current;
    held.current = null;
    canvas.scrollTo({ left: of.x * scale - at.x, top: of.y * scale - at.y });
  });

  const zoom = useCallback((next: number, of: Point, at: Point) => {
    held.current = { of, at };
    setWanted({ scale: next });
  }, []);

  const around = useCallback((next: number, at: Point) => {
    const canvas = box.current;
    if (!canvas) return;
    const margin = (inner: number, outer: number) => Math.max(0, (outer - inner * scale) / 2);
    const of = {
      x: (canvas.scrollLeft + at.x - margin(width, canvas.clientWidth)) / scale,
      y: (canvas.scrollTop + at.y - margin(height, canvas.clientHeight)) / scale,
    };
    zoom(next, of, at);
  }, [box, width, height, scale, zoom]);

  const middle = () => ({ x: (box.current?.clientWidth ?? 0) / 2, y: (box.current?.clientHeight ?? 0) / 2 });

  useEffect(() => {
    const canvas = box.current;
    if (!canvas || inSight === 1) return undefined;
    const inBox = (x: number, y: number) => {
      const { left, top } = canvas.getBoundingClientRect();
      return { x: x - left, y: y - top };
    };
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      around(scale * Math.exp(-event.deltaY / 200), inBox(event.clientX, event.clientY));
    };
    const onPinch = (event: TouchEvent) => {
      const [one, other] = [event.touches[0], event.touches[1]];
      if (!one || !other) {
        pinched.current = null;
        return;
      }
      event.preventDefault();
      const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
      pinched.current ??= scale / Math.max(1, apart);
      if (event.type === 'touchmove') around(pinched.current * apart, inBox((one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2));
    };
    canvas.addEventListener('wheel', onWheel, { passive: false });
    for (const kind of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) canvas.addEventListener(kind, onPinch, { passive: false });
    return () => {
      canvas.removeEventListener('wheel', onWheel);
      for (const kind of ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const) canvas.removeEventListener(kind, onPinch);
    };
  }, [box, scale, inSight, around]);
  const show = useCallback(({ left, top, right, bottom }: Extent, least = 0) => {
    const canvas = box.current;
    if (!canvas) return;
    const room = Math.min(canvas.clientWidth / (right - left), canvas.clientHeight / (bottom - top));
    const next = Math.min(Math.max(scale, least), room);
    zoom(next, { x: (left + right) / 2, y: (top + bottom) / 2 }, { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 });
  }, [box, scale, zoom]);

  return {
    scale, whole: scale <= inSight + NEAR, most: scale >= MOST - NEAR, show,
    showWhole: () => setWanted(null), step: (nearer) => around(nearer ? scale * STEP : scale / STEP, middle()),
  };
}
