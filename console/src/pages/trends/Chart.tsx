import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { live } from '../../api/live';
import { useDark } from '../../app/settings';
import { useReason, useT } from '../../i18n';
import { formatClock, formatDuration, formatTime } from '../../model/format';
import { qualityOf } from '../../model/quality';
import { spanOf, type View } from '../../model/view';
import { echarts, marginsOf, movedOption, optionOf, plotInset, reachOf, type Curve, type Look } from './chart';
import { useGestures } from './useGestures';

interface ChartProps {
  curves: readonly Curve[];
  view: View;
  cursor: number | null;
  onMove: (change: (view: View) => View) => void;
  onCursor: (time: number | null) => void;
  onFollow: () => void;
}

const NARROW_PIXELS = 560;
/** How often what still lasts is drawn longer. */
const LASTING_MILLIS = 500;

export function Chart({ curves, view, cursor, onMove, onCursor, onFollow }: ChartProps) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof echarts.init> | null>(null);
  const [narrow, setNarrow] = useState(false);
  const look = useLook(narrow);
  const margins = marginsOf(curves, narrow);
  const gestures = useGestures({ box, margins, view, cursor, onMove, onCursor, onFollow });

  useLayoutEffect(() => {
    const made = echarts.init(box.current!.querySelector<HTMLElement>('.canvas')!);
    chart.current = made;
    const fit = () => {
      setNarrow(box.current!.clientWidth < NARROW_PIXELS);
      made.resize();
    };
    const observer = new ResizeObserver(fit);
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      made.dispose();
    };
  }, []);
  const names = curves.map(({ signal }) => signal.name).join();
  useEffect(() => {
    chart.current?.clear();
  }, [names, look]);
  const drawn = useRef<{ curves: readonly Curve[]; look: Look; reach: View; at: number } | null>(null);
  useEffect(() => {
    // What only moved keeps its curves: setting them again is what takes the time of a frame.
    const { current } = drawn;
    const now = live.now();
    // What stands still lasts on while nothing comes.
    const lasts = curves.some(({ held }) => held !== null) && current !== null && now - current.at > LASTING_MILLIS;
    const same = current?.curves === curves && current.look === look && !lasts && reaches(current.reach, view);
    if (!same) drawn.current = { curves, look, reach: reachOf(view), at: now };
    chart.current?.setOption(same ? movedOption(curves, view) : optionOf(curves, view, now, look), { lazyUpdate: true });
  }, [curves, view, look]);

  const share = cursor === null ? -1 : (cursor - view.from) / (view.to - view.from);
  const { top, bottom } = plotInset(curves);
  const label = t('chartLabel', { names: names.replaceAll(',', ', '), from: formatTime(view.from), to: formatTime(view.to) });
  return (
    <div
      className="chart" ref={box} role="application" tabIndex={0} aria-label={label} aria-describedby="chart-hint" {...gestures}
      data-from={view.from} data-to={view.to}
    >
      <div className="canvas" />
      {share >= 0 && share <= 1 && (
        <div className="hair" style={{ top, bottom, left: `calc(${margins.left}px + (100% - ${margins.left + margins.right}px) * ${share})` }}>
          <span className={`num${share > 0.5 ? ' before' : ''}`}>{formatClock(cursor!)}</span>
        </div>
      )}
    </div>
  );
}

/** Whether a picture still has curves for a view, and not far too many. */
function reaches(reach: View, view: View): boolean {
  return reach.from <= view.from && reach.to >= view.to && spanOf(reach) < 4 * spanOf(view);
}

function useLook(narrow: boolean): Look {
  const t = useT();
  const reason = useReason();
  const dark = useDark();
  return useMemo(() => ({
    dark, narrow,
    describe: (mark, signals, now) => {
      const why = mark.status === null ? t('bad') : reason(qualityOf(mark.status));
      const end = mark.open ? Math.max(mark.to, now) : mark.to;
      const lasts = formatDuration(Math.floor((end - mark.from) / 1000) * 1000);
      const more = signals.length > 2 ? ` +${signals.length - 1}` : '';
      const names = (more ? signals.slice(0, 1) : signals).map(({ name }) => name).join(', ') + more;
      return `${names}: ${why}, ${t(mark.open ? 'sinceTime' : 'fromTime', { time: formatClock(mark.from).slice(0, 8) })} (${lasts})`;
    },
  }), [t, reason, dark, narrow]);
}
