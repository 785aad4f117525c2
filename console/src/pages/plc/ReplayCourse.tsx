import { Select } from 'antd';
import { useEffect, useMemo, useState, type PointerEvent } from 'react';
import { useVariable, type PlcProgram } from '../../api/plcHooks';
import { replayApi, type Course as Points, type Moment } from '../../api/replay';
import { useDark } from '../../app/settings';
import { useT } from '../../i18n';
import { exactPlc, Track } from '../../model/plc';
import { pens } from '../trends/chart';
import { useChart } from '../trends/useChart';
import { useKept } from './kept';
import { LEFT, RIGHT, scopeOption, type Lane } from './scope';

const MOST = 6;
const sides = [50, 500, 5000];
/** While somebody steps, the picture waits. */
const SETTLE_MILLIS = 150;
/** What is no number and no truth value has no curve. */
const DRAWN = /^(BOOL|BYTE|[DL]?WORD|U?[SDL]?INT|L?REAL)\b/;

interface Props { id: string; moment: Moment; program: PlcProgram; go: (scan: number) => void }

/** Chosen variables before and after the moment. */
export function Course({ id, moment, program, go }: Props) {
  const t = useT();
  const [kept, keep] = useKept('millwright.plc.replay');
  const options = useMemo(() => program.variables.map(({ path, type }) => ({ value: path, label: path, type })), [program]);
  const paths = useMemo(() => kept.filter((path) => options.some(({ value }) => value === path)).slice(0, MOST), [kept, options]);
  const types = useMemo(() => new Map(options.map(({ value, type }) => [value, type])), [options]);
  const [side, setSide] = useState(500);
  const drawn = paths.filter((path) => DRAWN.test(types.get(path) ?? ''));
  return (
    <section className="panel scope replay-course">
      <div className="tools">
        <Select
          mode="multiple" className="choice" value={[...paths]} options={options} maxCount={MOST} maxTagCount="responsive"
          placeholder={t('replayChoose', { most: MOST })} aria-label={t('replayChoose', { most: MOST })} onChange={keep}
          optionRender={({ data }) => <span className="option"><code>{data.label}</code><span className="soft">{data.type}</span></span>}
        />
        <div className="group" role="group" aria-label={t('replaySides')}>
          {sides.map((scans) => <button key={scans} className="button" type="button" aria-pressed={scans === side} onClick={() => setSide(scans)}>{`±${scans}`}</button>)}
        </div>
      </div>
      {drawn.length > 0 && <Picture id={id} moment={moment} paths={drawn} types={types} side={side} go={go} />}
      {paths.length > 0 && (
        <table className="table readings"><tbody>{paths.map((path) => <Reading key={path} path={path} drawn={drawn} />)}</tbody></table>
      )}
      {drawn.length > 0 && <p className="soft pad small hint">{t('replayDrag')}</p>}
    </section>
  );
}

function Reading({ path, drawn }: { path: string; drawn: readonly string[] }) {
  const colours = useDark() ? pens.dark : pens.light;
  const place = drawn.indexOf(path);
  const value = useVariable(path);
  return (
    <tr>
      <td>{place >= 0 && <i className="pen" style={{ background: colours[place % colours.length] }} />}<code>{path}</code></td>
      <td className="right num"><b>{exactPlc(value)}</b></td>
    </tr>
  );
}

interface PictureProps { id: string; moment: Moment; paths: readonly string[]; types: ReadonlyMap<string, string>; side: number; go: (scan: number) => void }

function Picture({ id, moment, paths, types, side, go }: PictureProps) {
  const t = useT();
  const dark = useDark();
  const [box, chart] = useChart();
  const points = usePoints(id, moment.scan, paths, side);
  const [from, to] = spanOf(points, moment);
  useEffect(() => {
    const colours = dark ? pens.dark : pens.light;
    const lanes: Lane[] = paths.map((path, i) => ({ path, type: types.get(path) ?? '', track: trackOf(points, path), colour: colours[i % colours.length]! }));
    chart.current?.clear();
    chart.current?.setOption(scopeOption(lanes, from, to, box.current!.clientHeight, moment.epochMillis));
  }, [box, chart, points, paths, types, dark, from, to, moment.epochMillis]);
  const tap = (event: PointerEvent<HTMLDivElement>) => {
    if (!points || points.scans.length === 0) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const time = from + ((event.clientX - left - LEFT) / (width - LEFT - RIGHT)) * (to - from);
    const next = points.epochMillis.findIndex((at) => at >= time);
    go(points.scans[next < 0 ? points.scans.length - 1 : next]!);
  };
  const hair = (moment.epochMillis - from) / (to - from);
  return (
    <div
      className="screen" role="img" aria-label={`${t('replayAround')}: ${paths.join(', ')}`} onPointerUp={tap}
      style={{ height: Math.max(160, Math.min(paths.length * 90 + 30, 560)) }}
    >
      <div className="canvas" ref={box} />
      <div className="hair" style={{ left: `calc(${LEFT}px + (100% - ${LEFT + RIGHT}px) * ${Math.min(1, Math.max(0, hair))})` }} />
    </div>
  );
}

/** The moment is in the middle, also near the ends of what is held. */
function spanOf(points: Points | null, { epochMillis }: Moment): [number, number] {
  const times = points?.epochMillis ?? [];
  const half = Math.max(1, ...(times.length > 0 ? [epochMillis - times[0]!, times[times.length - 1]! - epochMillis] : [500]));
  return [epochMillis - half, epochMillis + half];
}

function trackOf(points: Points | null, path: string): Track {
  const track = new Track(Number.POSITIVE_INFINITY);
  points?.values[path]?.forEach((value, i) => track.push(points.epochMillis[i]!, value ?? Number.NaN));
  return track;
}

function usePoints(id: string, scan: number, paths: readonly string[], side: number): Points | null {
  const [points, setPoints] = useState<Points | null>(null);
  const names = paths.join('\n');
  useEffect(() => {
    const cancel = new AbortController();
    const timer = window.setTimeout(() => {
      replayApi.trend(id, names.split('\n'), side, cancel.signal).then(setPoints, () => undefined);
    }, SETTLE_MILLIS);
    return () => {
      window.clearTimeout(timer);
      cancel.abort();
    };
  }, [id, scan, names, side]);
  return points;
}
