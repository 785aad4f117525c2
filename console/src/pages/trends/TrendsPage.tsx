import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { usePlant, useSignals, useStale } from '../../api/hooks';
import { live } from '../../api/live';
import type { Plant, Signal } from '../../api/types';
import { hrefOf, replaceRoute, useRoute } from '../../app/route';
import { AntTheme } from '../../design/AntTheme';
import { useT } from '../../i18n';
import { numeric, type Held } from '../../model/curves';
import { formatTime } from '../../model/format';
import { severityOf } from '../../model/quality';
import type { View } from '../../model/view';
import { Chart } from './Chart';
import type { Curve } from './chart';
import { Readout } from './Readout';
import { Share, Tools, MOST } from './Tools';
import { useHistories } from './useHistories';
import { useView } from './useView';
import './trends.css';

/** The state of the page is its address: `s` signals, and either `w` (a live window) or `from` and `to`. */
export default function TrendsPage() {
  const { search } = useRoute();
  return <AntTheme><Trends key={search.toString()} search={search} /></AntTheme>;
}

function Trends({ search }: { search: URLSearchParams }) {
  const t = useT();
  const [names, setNames] = useState<readonly string[]>(() => (search.get('s') ?? '').split(',').filter(Boolean).slice(0, MOST));
  const { view, following, span, move, setSpan, follow } = useView(positive(search.get('w')) ?? 60_000, fixedView(search));
  const [cursor, setCursor] = useState<number | null>(null);
  const { of: histories, problem } = useHistories(names, view, following);
  const signals = useSignals();
  const held = useHeld(names);
  const curves = useMemo(() => names.flatMap((name, i): Curve[] => {
    const known = signals.get(name);
    return known ? [{ signal: known.signal, history: histories.get(name), held: held[i] ?? null }] : [];
  }), [names, signals, histories, held]);

  useEffect(() => {
    const timer = window.setTimeout(() => {
      const when: Record<string, string> = following ? { w: String(Math.round(span)) } : { from: String(Math.round(view.from)), to: String(Math.round(view.to)) };
      replaceRoute(hrefOf('trends', '', { ...(names.length ? { s: names.join(',') } : {}), ...when }));
    }, 200);
    return () => window.clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a view that follows is not part of the address
  }, [names, following, span, following ? 0 : view.from]);

  return (
    <div className="trends">
      <h1 className="hidden">{t('trends')}</h1>
      <div className="tools">
        <Tools names={names} onNames={setNames} span={span} onSpan={setSpan} following={following} onFollow={follow} onMove={move} />
        <Share curves={curves} view={view} />
      </div>
      <section className="panel stage">
        <Chart curves={curves} view={view} cursor={cursor} onMove={move} onCursor={setCursor} onFollow={() => follow(true)} />
        {names.length === 0 && <p className="empty">{t('noSignals')}</p>}
        <p className="window num">{formatTime(view.from).slice(0, 19)} – {formatTime(view.to).slice(0, 19)}</p>
      </section>
      {problem && <p className="quality bad" role="alert">{t('historyFailed', problem)}</p>}
      <Readout curves={curves} time={cursor ?? view.to} hasCursor={cursor !== null} newest={following && cursor === null} onRemove={(name) => setNames(names.filter((each) => each !== name))} />
      <p className="hint" id="chart-hint">{t('chartHint')}</p>
    </div>
  );
}

/** The newest samples of signals that still stand: reported when they change, or failed; null for the others. */
function useHeld(names: readonly string[]): readonly (Held | null)[] {
  const plant = usePlant();
  const signals = useSignals();
  const stale = useStale();
  const subscribe = useMemo(() => (listener: () => void) => {
    const ends = names.map((name) => live.watch(name, listener));
    return () => ends.forEach((end) => end());
  }, [names]);
  const text = useSyncExternalStore(subscribe, () => JSON.stringify(names.map((name) => {
    const known = signals.get(name);
    return plant && known && !stale ? heldOf(plant, known.signal) : null;
  })));
  return useMemo(() => JSON.parse(text) as (Held | null)[], [text]);
}

function heldOf(plant: Plant, signal: Signal): Held | null {
  const latest = live.latest(signal.name);
  const value = numeric(latest?.value);
  if (!latest || latest.source === null) return null;
  const { source: from, status } = latest;
  if (severityOf(status) === 'bad') return { from, value: null, status };
  const connection = plant.connections.find(({ name }) => signal.from?.startsWith(`${name}/`));
  // What is polled comes each time; that it does not come is a gap.
  if (value === null || !connection || connection.protocol.startsWith('modbus')) return null;
  return live.now() - from > Math.max(1000, 10 * (signal.everyMillis ?? 0)) ? { from, value, status } : null;
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
