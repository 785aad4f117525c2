import { Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useNow, useSignals } from '../../api/hooks';
import { live } from '../../api/live';
import { hrefOf, replaceRoute, useRoute } from '../../app/route';
import { AntTheme } from '../../design/AntTheme';
import { LeftIcon, MinusIcon, PlusIcon, RightIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { toCsv } from '../../model/csv';
import { formatTime } from '../../model/format';
import { Chart, panned, zoomed } from './Chart';
import type { Curve } from './chart';
import { Readout } from './Readout';
import { useHistories, type View } from './useHistories';
import './trends.css';

const MOST = 6;
const windows: [label: string, millis: number][] = [
  ['1 min', 60_000], ['10 min', 600_000], ['1 h', 3_600_000], ['8 h', 28_800_000], ['1 d', 86_400_000],
  ['7 d', 604_800_000], ['30 d', 2_592_000_000], ['1 a', 31_536_000_000],
];

/** The state of the page is its address: `s` signals, and either `w` (a live window) or `from` and `to`. */
export default function TrendsPage() {
  const { search } = useRoute();
  return <AntTheme><Trends key={search.toString()} search={search} /></AntTheme>;
}

function Trends({ search }: { search: URLSearchParams }) {
  const t = useT();
  const signals = useSignals();
  const [names, setNames] = useState(() => (search.get('s') ?? '').split(',').filter(Boolean).slice(0, MOST));
  const [span, setSpan] = useState(() => positive(search.get('w')) ?? 60_000);
  const [still, setStill] = useState<View | null>(() => fixedView(search));
  const [cursor, setCursor] = useState<number | null>(null);
  const now = useFrames(still === null, span);
  const view = useMemo(() => still ?? { from: now - span, to: now }, [still, now, span]);
  const { of: histories, problem } = useHistories(names, view, still === null);
  const curves = useMemo(() => names.flatMap((name): Curve[] => {
    const known = signals.get(name);
    return known ? [{ signal: known.signal, history: histories.get(name) }] : [];
  }), [names, signals, histories]);

  useEffect(() => {
    const timer = window.setTimeout(() => {
      const when: Record<string, string> = still ? { from: String(Math.round(still.from)), to: String(Math.round(still.to)) } : { w: String(Math.round(span)) };
      replaceRoute(hrefOf('trends', '', { ...(names.length ? { s: names.join(',') } : {}), ...when }));
    }, 200);
    return () => window.clearTimeout(timer);
  }, [names, still, span]);

  const show = (next: View) => {
    setSpan(next.to - next.from);
    setStill(next);
  };
  const middle = (view.from + view.to) / 2;
  const options = useMemo(() => [...signals.keys()].map((value) => ({ value, label: value })), [signals]);
  return (
    <div className="trends">
      <h1 className="hidden">{t('trends')}</h1>
      <div className="tools">
        <Select
          mode="multiple" className="choice" value={names} options={options} maxCount={MOST} placeholder={t('addSignals')} aria-label={t('addSignals')}
          onChange={setNames} maxTagCount="responsive"
        />
        <div className="group spans" role="group" aria-label={t('range')}>
          {windows.map(([label, millis]) => (
            <button key={label} className="button" type="button" aria-pressed={Math.abs(span - millis) < millis / 100} onClick={() => {
              setSpan(millis);
              setStill(still && { from: still.to - millis, to: still.to });
            }}>{label}</button>
          ))}
        </div>
        <button className="button" type="button" aria-pressed={still === null} onClick={() => setStill(still ? null : view)}>{t('follow')}</button>
        <div className="group">
          <button className="button icon" type="button" aria-label={t('earlier')} title={t('earlier')} onClick={() => show(panned(view, -0.5))}><LeftIcon /></button>
          <button className="button icon" type="button" aria-label={t('later')} title={t('later')} onClick={() => show(panned(view, 0.5))}><RightIcon /></button>
          <button className="button icon" type="button" aria-label={t('zoomIn')} title={t('zoomIn')} onClick={() => show(zoomed(view, 0.5, middle))}><PlusIcon /></button>
          <button className="button icon" type="button" aria-label={t('zoomOut')} title={t('zoomOut')} onClick={() => show(zoomed(view, 2, middle))}><MinusIcon /></button>
        </div>
        <Share curves={curves} view={view} />
      </div>
      <section className="panel stage">
        <Chart curves={curves} view={view} cursor={cursor} onView={show} onCursor={setCursor} onFollow={() => setStill(null)} />
        {names.length === 0 && <p className="empty">{t('noSignals')}</p>}
        <p className="window num">{formatTime(view.from).slice(0, 19)} – {formatTime(view.to).slice(0, 19)}</p>
      </section>
      {problem && <p className="quality bad" role="alert">{t('historyFailed', problem)}</p>}
      <Readout curves={curves} time={cursor ?? view.to} hasCursor={cursor !== null} onRemove={(name) => setNames(names.filter((each) => each !== name))} />
      <p className="hint" id="chart-hint">{t('chartHint')}</p>
    </div>
  );
}

function positive(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isFinite(value) && value > 0 ? value : null;
}

function fixedView(search: URLSearchParams): View | null {
  const from = positive(search.get('from'));
  const to = positive(search.get('to'));
  return from !== null && to !== null && from < to ? { from, to } : null;
}

/** The server's time, often enough that a live curve glides over the screen and no oftener. */
function useFrames(following: boolean, span: number): number {
  useNow();
  const [now, setNow] = useState(live.now());
  useEffect(() => {
    if (!following) return undefined;
    const timer = window.setInterval(() => {
      if (live.link.state === 'live') setNow(live.now());
    }, Math.min(1000, Math.max(100, span / 1500)));
    return () => window.clearInterval(timer);
  }, [following, span]);
  return now;
}

function Share({ curves, view }: { curves: readonly Curve[]; view: View }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const save = () => {
    const text = toCsv(curves.flatMap(({ history }) => (history ? [history] : [])), view.from, view.to);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    link.download = `trend-${new Date(view.from).toISOString().slice(0, 19).replaceAll(':', '')}.csv`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className="group">
      <button className="button" type="button" disabled={curves.length === 0} onClick={save}>{t('exportCsv')}</button>
      <button className="button" type="button" onClick={() => void copy()}>{t(copied ? 'copied' : 'copyLink')}</button>
    </div>
  );
}
