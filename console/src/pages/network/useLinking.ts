import { useEffect, useEffectEvent, useState, type PointerEvent as Pressed, type RefObject } from 'react';

/** A pointer that has moved so far does not press, it pulls. */
const FAR_ENOUGH = 6;

/** A line that is being pulled from a node: where its loose end is in the drawing, and the node there that it would link. */
export interface Pull { from: string; x: number; y: number; to: string | null }

interface Grip { from: string; pointer: number; x: number; y: number }

/**
 * Links two nodes by pulling from one to the other, with a mouse or a pen: fingers move the drawing. Escape lets go.
 *
 * @param box what holds the drawing, an svg
 * @param scale how near it is looked at
 * @param possible whether two nodes may be linked
 */
export function useLinking(box: RefObject<HTMLElement | null>, scale: number, possible: (from: string, to: string) => boolean, onLink: (from: string, to: string) => void): [Pull | null, (name: string, event: Pressed) => void] {
  const [grip, setGrip] = useState<Grip | null>(null);
  const [pull, setPull] = useState<Pull | null>(null);
  const letGo = () => {
    setGrip(null);
    setPull(null);
  };
  const onMove = useEffectEvent((event: PointerEvent) => {
    const svg = box.current?.querySelector('svg');
    if (!grip || !svg || event.pointerId !== grip.pointer) return;
    if (!pull && Math.hypot(event.clientX - grip.x, event.clientY - grip.y) < FAR_ENOUGH) return;
    const { left, top } = svg.getBoundingClientRect();
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest<SVGElement>('[data-node]')?.dataset.node;
    setPull({ from: grip.from, x: (event.clientX - left) / scale, y: (event.clientY - top) / scale, to: over && possible(grip.from, over) ? over : null });
  });
  const onUp = useEffectEvent((event: PointerEvent) => {
    if (event.pointerId !== grip?.pointer) return;
    if (event.type === 'pointerup' && pull?.to) onLink(pull.from, pull.to);
    letGo();
  });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    letGo();
  });
  const held = grip !== null;
  useEffect(() => {
    if (!held) return undefined;
    const listeners: readonly [string, (event: Event) => void][] = [
      ['pointermove', (event) => onMove(event as PointerEvent)], ['pointerup', (event) => onUp(event as PointerEvent)],
      ['pointercancel', (event) => onUp(event as PointerEvent)], ['keydown', (event) => onKey(event as KeyboardEvent)],
    ];
    for (const [kind, listener] of listeners) window.addEventListener(kind, listener, true);
    return () => listeners.forEach(([kind, listener]) => window.removeEventListener(kind, listener, true));
  }, [held]);
  const grab = (from: string, event: Pressed) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    setGrip({ from, pointer: event.pointerId, x: event.clientX, y: event.clientY });
  };
  return [pull, grab];
}
