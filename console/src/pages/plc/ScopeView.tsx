import { Select } from 'antd';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { PlcProgram } from '../../api/plcHooks';
import { feed, pointOf } from '../../api/variables';
import { useDark } from '../../app/settings';
import { PauseIcon, PlayIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { exactPlc, Track } from '../../model/plc';
import { pens } from '../trends/chart';
import { useChart } from '../trends/useChart';
import { useKept } from './kept';
import { LEFT, RIGHT, scopeOption, type Lane } from './scope';

/** Variables in one picture: each has its own axis. */
const MOST = 6;
const spans = [5, 15, 60, 300];
const KEPT_MILLIS = 300_000;
const DRAW_MILLIS = 100;
/** What is no number and no truth value has no curve. */
const DRAWN = /^(BOOL|BYTE|[DL]?WORD|U?[SDL]?INT|L?REAL)\b/;

export default function ScopeView({ program }: { program: PlcProgram }) {
  const t = useT();
  const [kept, keep] = useKept('millwright.plc.scope');
  const options = useMemo(() => program.variables.filter(({ type }) => DRAWN.test(type)).map(({ path, type }) => ({ value: path, label: path, type })), [program]);
  const paths = useMemo(() => kept.filter((path) => options.some(({ value }) => value === path)).slice(0, MOST), [kept, options]);
  const types = useMemo(() => new Map(options.map(({ value, type }) => [value, type])), [options]);
  const [span, setSpan] = useState(15);
  const [paused, setPaused] = useState(false);
  return (
    <section className="panel scope">
      <div className="tools">
        <Select
          mode="multiple" className="choice" value={[...paths]} options={options} maxCount={MOST} maxTagCount="responsive"
          placeholder={t('scopeAdd', { most: MOST })} aria-label={t('scopeAdd', { most: MOST })} onChange={keep}
          optionRender={({ data }) => <span className="option"><code>{data.label}</code><span className="soft">{data.type}</span></span>}
        />
        <div className="group" role="group" aria-label={t('scopeSpan')}>
          {spans.map((seconds) => (
            <button key={seconds} className="button" type="button" aria-pressed={seconds === span} onClick={() => setSpan(seconds)}>{seconds}{'\u202f'}s</button>
          ))}
        </div>
        <button className="button" type="button" aria-pressed={paused} onClick={() => setPaused(!paused)}>
          {paused ? <PlayIcon size={14} /> : <PauseIcon size={14} />}{t(paused ? 'scopeResume' : 'scopePause')}
        </button>
      </div>
      {paths.length === 0 ? <p className="soft pad">{t('scopeEmpty')}</p>
        : <Picture paths={paths} types={types} span={span * 1000} paused={paused} onPause={() => setPaused(!paused)} />}
      <p className="soft pad small">{t('scopeRate')} <span className="hint">{t('scopeHint')}</span></p>
    </section>
  );
}

interface PictureProps {
  paths: readonly string[];
  types: ReadonlyMap<string, string>;
  span: number;
  paused: boolean;
  onPause: () => void;
}

function Picture({ paths, types, span, paused, onPause }: PictureProps) {
  const t = useT();
  const dark = useDark();
  const [box, chart] = useChart();
  const tracks = useTracks(paths);
  const [end, setEnd] = useState(0);
  // Where in the picture the cursor is, from 0 at the left: what is beneath it moves on.
  const [cursor, setCursor] = useState<number | null>(null);
  const latest = useRef(0);
  const colours = dark ? pens.dark : pens.light;

  useEffect(() => feed.tap(({ millis }) => {
    latest.current = millis;
  }), []);
  useEffect(() => {
    if (paused) return undefined;
    const timer = window.setInterval(() => setEnd(latest.current), DRAW_MILLIS);
    return () => window.clearInterval(timer);
  }, [paused]);
  const names = paths.join();
  useEffect(() => chart.current?.clear(), [chart, names, dark]);
  useEffect(() => {
    const lanes: Lane[] = paths.map((path, i) => ({ path, type: types.get(path) ?? '', track: tracks.get(path), colour: colours[i % colours.length]! }));
    chart.current?.setOption(scopeOption(lanes, end - span, end, box.current!.clientHeight), { lazyUpdate: true });
  }, [box, chart, paths, types, tracks, end, span, colours]);

  const move = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setCursor(Math.min(1, Math.max(0, (event.clientX - left - LEFT) / (width - LEFT - RIGHT))));
  };
  const key = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -0.01, ArrowRight: 0.01, PageUp: -0.1, PageDown: 0.1 }[event.key];
    if (step !== undefined) setCursor((at) => Math.min(1, Math.max(0, (at ?? 1) + step)));
    else if (event.key === 'Escape') setCursor(null);
    else if (event.key === ' ') onPause();
    else return;
    event.preventDefault();
  };
  const time = cursor === null ? end : end - span * (1 - cursor);
  return (
    <>
      <div
        className="screen" role="application" tabIndex={0} aria-label={t('scopeLabel', { names: paths.join(', ') })} data-end={end}
        style={{ height: Math.max(220, Math.min(paths.length * 110 + 30, 620)) }} onPointerMove={move} onPointerDown={move} onKeyDown={key}
        onPointerLeave={(event) => event.pointerType === 'mouse' && !paused && setCursor(null)}
      >
        <div className="canvas" ref={box} />
        {cursor !== null && <div className="hair" style={{ left: `calc(${LEFT}px + (100% - ${LEFT + RIGHT}px) * ${cursor})` }} />}
      </div>
      <table className="table readings">
        <thead><tr><th>{t('variable')}</th><th className="right" data-at={time}>{cursor === null ? t('newest') : t('atCursor', { time: `${((time - end) / 1000).toFixed(2).replace('-', '\u2212')}\u202fs` })}</th></tr></thead>
        <tbody>{paths.map((path, i) => (
          <tr key={path}>
            <td><i className="pen" style={{ background: colours[i % colours.length] }} /><code>{path}</code></td>
            <td className="right num"><b>{reading(tracks.get(path)?.at(time), types.get(path) ?? '')}</b></td>
          </tr>
        ))}</tbody>
      </table>
    </>
  );
}

function reading(value: number | undefined, type: string): string {
  if (value === undefined || Number.isNaN(value)) return '—';
  return exactPlc(type === 'BOOL' ? value !== 0 : value);
}

/** The courses of variables, as long as they are chosen. */
function useTracks(paths: readonly string[]): ReadonlyMap<string, Track> {
  const [tracks] = useState(() => new Map<string, Track>());
  useEffect(() => {
    for (const path of tracks.keys()) if (!paths.includes(path)) tracks.delete(path);
    for (const path of paths) if (!tracks.has(path)) tracks.set(path, new Track(KEPT_MILLIS));
    const ends = paths.map((path) => feed.watch(path, () => undefined));
    ends.push(feed.tap(({ millis }) => {
      for (const [path, track] of tracks) {
        const value = feed.latest(path);
        if (value !== undefined) track.push(millis, pointOf(value));
      }
    }));
    return () => ends.forEach((end) => end());
  }, [paths, tracks]);
  return tracks;
}
