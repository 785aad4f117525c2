import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useDark } from '../../app/settings';
import { useT } from '../../i18n';
import { formatTime } from '../../model/format';
import { echarts, marginsOf, optionOf, type Curve } from './chart';
import type { View } from './useHistories';

interface ChartProps {
  curves: readonly Curve[];
  view: View;
  cursor: number | null;
  onView: (view: View) => void;
  onCursor: (time: number | null) => void;
  onFollow: () => void;
}

const SHORTEST = 200;
const LONGEST = 10 * 366 * 86_400_000;

/** A view made longer or shorter around a time that stays where it is. */
export function zoomed({ from, to }: View, factor: number, around: number): View {
  const span = Math.min(LONGEST, Math.max(SHORTEST, (to - from) * factor));
  const share = (around - from) / (to - from);
  return { from: around - span * share, to: around + span * (1 - share) };
}

export function panned({ from, to }: View, share: number): View {
  const step = (to - from) * share;
  return { from: from + step, to: to + step };
}

export function Chart({ curves, view, cursor, onView, onCursor, onFollow }: ChartProps) {
  const t = useT();
  const dark = useDark();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof echarts.init> | null>(null);
  const pointers = useRef(new Map<number, number>());
  const margins = marginsOf(curves);

  useEffect(() => {
    const made = echarts.init(box.current!.querySelector<HTMLElement>('.canvas')!);
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  const names = curves.map(({ signal }) => signal.name).join();
  useEffect(() => {
    chart.current?.clear();
  }, [names, dark]);
  useEffect(() => {
    chart.current?.setOption(optionOf(curves, view, dark), { lazyUpdate: true });
  }, [curves, view, dark]);

  const plot = () => {
    const { left, width } = box.current!.getBoundingClientRect();
    return { left: left + margins.left, width: Math.max(1, width - margins.left - margins.right) };
  };
  const timeAt = (x: number) => view.from + ((x - plot().left) / plot().width) * (view.to - view.from);

  const onWheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    onWheel.current = (event) => {
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) onView(panned(view, sideways / plot().width));
      else onView(zoomed(view, Math.exp(Math.max(-1, Math.min(1, event.deltaY * 0.002))), timeAt(event.clientX)));
    };
  });
  useEffect(() => {
    const element = box.current!;
    const listener = (event: WheelEvent) => onWheel.current(event);
    element.addEventListener('wheel', listener, { passive: false });
    return () => element.removeEventListener('wheel', listener);
  }, []);

  const onDown = (event: PointerEvent) => {
    pointers.current.set(event.pointerId, event.clientX);
    box.current!.setPointerCapture(event.pointerId);
  };
  const onMove = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId);
    onCursor(Math.min(view.to, Math.max(view.from, timeAt(event.clientX))));
    if (before === undefined || before === event.clientX) return;
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, event.clientX);
    if (other === undefined) onView(panned(view, (before - event.clientX) / plot().width));
    else onView(zoomed(view, Math.max(8, Math.abs(before - other)) / Math.max(8, Math.abs(event.clientX - other)), timeAt(other)));
  };
  const onUp = (event: PointerEvent) => pointers.current.delete(event.pointerId);

  const onKey = (event: KeyboardEvent) => {
    const middle = cursor ?? (view.from + view.to) / 2;
    const back = event.key === 'ArrowLeft';
    if (back || event.key === 'ArrowRight') {
      if (event.shiftKey) onCursor(Math.min(view.to, Math.max(view.from, middle + ((view.to - view.from) / 200) * (back ? -1 : 1))));
      else onView(panned(view, back ? -0.1 : 0.1));
    } else if (event.key === '+' || event.key === '=') onView(zoomed(view, 0.7, middle));
    else if (event.key === '-') onView(zoomed(view, 1 / 0.7, middle));
    else if (event.key.toLowerCase() === 'l') onFollow();
    else if (event.key === 'Escape') onCursor(null);
    else return;
    event.preventDefault();
  };
  const share = cursor === null ? -1 : (cursor - view.from) / (view.to - view.from);
  const label = t('chartLabel', { names: names.replaceAll(',', ', '), from: formatTime(view.from), to: formatTime(view.to) });
  return (
    <div
      className="chart" ref={box} role="application" tabIndex={0} aria-label={label} aria-describedby="chart-hint" onKeyDown={onKey}
      onPointerDown={onDown} onPointerMove={onMove} onPointerUp={onUp} onPointerCancel={onUp} onPointerLeave={() => onCursor(null)}
      data-from={view.from} data-to={view.to}
    >
      <div className="canvas" />
      {share >= 0 && share <= 1 && (
        <div className="hair" style={{ left: `calc(${margins.left}px + (100% - ${margins.left + margins.right}px) * ${share})` }} />
      )}
    </div>
  );
}
