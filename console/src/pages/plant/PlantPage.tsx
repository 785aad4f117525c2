import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { usePlant, useSecondsWhile } from '../../api/hooks';
import { live } from '../../api/live';
import type { Signal } from '../../api/types';
import { hrefOf, replaceRoute, useRoute } from '../../app/route';
import { CloseIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { formatCount } from '../../model/format';
import { matcher, rowsOf } from '../../model/tree';
import { Tree } from './Tree';
import './plant.css';

const WriteDialog = lazy(() => import('./WriteDialog'));

type Only = 'all' | 'abnormal' | 'writable';
const filters: readonly Only[] = ['all', 'abnormal', 'writable'];
/** A plant this small opens whole. */
const OPEN_WHOLE = 300;

export default function PlantPage() {
  const { search } = useRoute();
  const only = filters.find((each) => each === search.get('only')) ?? 'all';
  return <Filtered key={search.toString()} query={search.get('q') ?? ''} first={only} />;
}

function Filtered({ query, first }: { query: string; first: Only }) {
  const t = useT();
  const plant = usePlant();
  const [text, setText] = useState(query);
  const [only, setOnly] = useState<Only>(first);
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [allOpen, setAllOpen] = useState<boolean | null>(null);
  const [writing, setWriting] = useState<Signal | null>(null);
  const wanted = useDeferredValue(text);
  const second = useSecondsWhile(only === 'abnormal');

  const total = useMemo(() => plant?.assets.reduce((sum, asset) => sum + asset.signals.length, 0) ?? 0, [plant]);
  const opensWhole = allOpen ?? (total <= OPEN_WHOLE || wanted !== '' || only !== 'all');
  const { rows, count } = useMemo(() => {
    if (!plant) return { rows: [], count: 0 };
    const matches = matcher(wanted);
    let found = 0;
    const kept = rowsOf(
      plant,
      (asset, signal) => {
        const keep = matches(asset, signal) && passes(only, signal);
        if (keep) found++;
        return keep;
      },
      (key) => turned.has(key) !== (opensWhole || key.startsWith('place:')),
    );
    return { rows: kept, count: found };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is not good changes with time
  }, [plant, wanted, only, turned, opensWhole, second]);

  const change = (next: string, filter: Only) => {
    setText(next);
    setOnly(filter);
    setTurned(new Set());
    replaceRoute(hrefOf('plant', '', { ...(next ? { q: next } : {}), ...(filter === 'all' ? {} : { only: filter }) }));
  };
  const turn = (key: string) => setTurned((before) => {
    const after = new Set(before);
    if (!after.delete(key)) after.add(key);
    return after;
  });
  return (
    <div className="plant">
      <h1 className="hidden">{t('plant')}</h1>
      <div className="tools">
        <div className="searchbox">
          <input
            className="field" type="search" value={text} placeholder={t('search')} aria-label={t('search')}
            onChange={(event) => change(event.target.value, only)}
          />
          {text && <button className="button icon plain" type="button" aria-label={t('clear')} onClick={() => change('', only)}><CloseIcon /></button>}
        </div>
        <div className="group" role="group" aria-label={t('quality')}>
          {filters.map((each) => (
            <button key={each} className="button" type="button" aria-pressed={only === each} onClick={() => change(text, each)}>{t(each)}</button>
          ))}
        </div>
        <button className="button plain" type="button" onClick={() => {
          setAllOpen(!opensWhole);
          setTurned(new Set());
        }}>{t(opensWhole ? 'collapseAll' : 'expandAll')}</button>
        <span className="count" role="status">{t('shown', { count: formatCount(count) })}</span>
      </div>
      {rows.length > 0 ? <Tree rows={rows} onTurn={turn} onWrite={setWriting} /> : plant && <p className="center">{t(only === 'abnormal' && !wanted ? 'allGood' : 'nothingFound')}</p>}
      {writing && <Suspense><WriteDialog signal={writing} onClose={() => setWriting(null)} /></Suspense>}
    </div>
  );
}

function passes(only: Only, signal: Signal): boolean {
  if (only === 'writable') return signal.writable;
  if (only === 'abnormal') return (live.latest(signal.name)?.status ?? 0x80000000) >>> 30 !== 0;
  return true;
}
