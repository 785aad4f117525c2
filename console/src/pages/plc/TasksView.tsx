import { useEffect, useState } from 'react';
import { plcApi, type Bucket, type Figures, type PlcTask, type Series, type TaskTiming, type TimingKind } from '../../api/plc';
import { useT } from '../../i18n';
import { formatCount } from '../../model/format';
import { barsOf, decadesOf, formatMicros } from '../../model/plc';

const kinds = ['lateness', 'execution', 'jitter'] as const;
const texts = { lateness: 'latenessText', execution: 'executionText', jitter: 'jitterText' } as const;
const PERIOD_MILLIS = 2000;

/** How punctual each task is. */
export function TasksView({ tasks }: { tasks: readonly PlcTask[] }) {
  const t = useT();
  return (
    <>
      <section className="panel scroll" tabIndex={0} aria-label={t('plcTasks')}>
        <table className="table tasks">
          <thead><tr>
            <th>{t('task')}</th><th className="right">{t('every')}</th><th className="right">{t('priority')}</th><th>{t('programs')}</th>
            <th className="right">{t('scans')}</th><th className="right">{t('skipped')}</th>
            {kinds.map((kind) => <th key={kind} className="right">{t(kind)} <small>99 % · {t('greatest')}</small></th>)}
          </tr></thead>
          <tbody>{tasks.map((task) => (
            <tr key={task.name} data-task={task.name}>
              <td><b>{task.name}</b></td>
              <td className="right num">{task.everyMillis > 0 ? `${task.everyMillis}\u202fms` : t('freewheeling')}</td>
              <td className="right num">{task.priority}</td>
              <td>{task.programs.join(', ')}</td>
              <td className="right num" data-scans={task.scans}>{formatCount(task.scans)}</td>
              <td className={`right num${task.skipped > 0 ? ' notable' : ''}`}>{formatCount(task.skipped)}</td>
              {kinds.map((kind) => (
                <td key={kind} className="right num nowrap">
                  {formatMicros(task[kind].lastMinute.p99)} · {formatMicros(task[kind].lastMinute.max)}
                </td>
              ))}
            </tr>
          ))}</tbody>
        </table>
        <p className="soft pad small">{t('tasksNote')}</p>
      </section>
      {tasks.map((task) => <Histograms key={task.name} task={task} alone={tasks.length === 1} />)}
    </>
  );
}

function Histograms({ task, alone }: { task: PlcTask; alone: boolean }) {
  const t = useT();
  const timing = useTiming(task.name);
  return (
    <section className="histograms" aria-label={task.name}>
      {!alone && <h2>{task.name}</h2>}
      {kinds.map((kind) => (
        <figure key={kind} className="panel" data-histogram={kind}>
          <figcaption><b>{t(kind)}</b> <span className="soft">{t(texts[kind])}</span></figcaption>
          {timing && <Histogram series={timing[kind]} kind={kind} task={task} />}
          <Numbers figures={task[kind]} />
        </figure>
      ))}
    </section>
  );
}

function useTiming(task: string): TaskTiming | null {
  const [timing, setTiming] = useState<TaskTiming | null>(null);
  useEffect(() => {
    const end = new AbortController();
    const read = () => {
      plcApi.timing(task, end.signal).then(setTiming, () => undefined);
    };
    read();
    const timer = window.setInterval(read, PERIOD_MILLIS);
    return () => {
      end.abort();
      window.clearInterval(timer);
    };
  }, [task]);
  return timing;
}

function Numbers({ figures: { sinceStart, lastMinute } }: { figures: Figures }) {
  const t = useT();
  return (
    <table className="table numbers">
      <thead><tr><th /><th className="right">50 %</th><th className="right">99 %</th><th className="right">99.9 %</th><th className="right">{t('greatest')}</th></tr></thead>
      <tbody>{([['lastMinute', lastMinute], ['sinceStart', sinceStart]] as const).map(([name, p]) => (
        <tr key={name}>
          <th scope="row"><i className={`key ${name}`} />{t(name)}</th>
          {[p.p50, p.p99, p.p999, p.max].map((value, i) => <td key={i} className="right num nowrap">{p.count > 0 ? formatMicros(value) : '—'}</td>)}
        </tr>
      ))}</tbody>
    </table>
  );
}

const WIDTH = 360;
const HEIGHT = 150;
const LEFT = 34;
const BOTTOM = 20;
const TOP = 8;

/** Counts of scans over how long it took, both logarithmic: what is rare is what matters. */
function Histogram({ series, kind, task }: { series: Series; kind: TimingKind; task: PlcTask }) {
  const t = useT();
  const decades = decadesOf(series.sinceStart);
  const most = Math.max(10, ...series.sinceStart.map(({ count }) => count));
  const [w, h] = [WIDTH - LEFT - 6, HEIGHT - TOP - BOTTOM];
  const powers = Array.from({ length: decades.to - decades.from + 1 }, (_, i) => decades.from + i);
  const every = powers.length > 6 ? 2 : 1;
  const counts = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, i) => 10 ** i);
  const all = task[kind].sinceStart;
  if (all.count === 0) return <p className="soft pad">{t('noScans')}</p>;
  const bars = (buckets: readonly Bucket[], name: string) => barsOf(buckets, decades, most).map(({ x, width, height, bucket }) => (
    <rect
      key={bucket.fromMicros} className={name} x={LEFT + x * w + 0.5} width={Math.max(1, width * w - 1)} y={TOP + h - height * h} height={height * h}
    ><title>{`${formatMicros(bucket.fromMicros)} – ${formatMicros(bucket.toMicros)}: ${formatCount(bucket.count)} (${t(name === 'all' ? 'sinceStart' : 'lastMinute')})`}</title></rect>
  ));
  return (
    <svg
      className="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img"
      aria-label={t('histogramLabel', { kind: t(kind), task: task.name, count: formatCount(all.count), p50: formatMicros(all.p50), max: formatMicros(all.max) })}
    >
      {counts.map((count) => {
        const y = TOP + h - ((Math.log10(count) + 0.3) / (Math.log10(most) + 0.3)) * h;
        return <g key={count}><path className="rule" d={`M${LEFT} ${y}H${WIDTH - 6}`} /><text x={LEFT - 5} y={y + 4} textAnchor="end">{short(count)}</text></g>;
      })}
      {powers.map((power, i) => {
        const x = LEFT + (i / (powers.length - 1)) * w;
        return (
          <g key={power}><path className="rule" d={`M${x} ${TOP}V${TOP + h}`} />
            <text x={x} y={HEIGHT - 5} textAnchor={i === powers.length - 1 ? 'end' : i === 0 ? 'start' : 'middle'}>{(powers.length - 1 - i) % every === 0 && labelOf(power)}</text></g>
        );
      })}
      {bars(series.sinceStart, 'all')}
      {bars(series.lastMinute, 'minute')}
    </svg>
  );
}

/** All below a microsecond is one bar. */
function labelOf(power: number): string {
  return power < 0 ? '0' : formatMicros(10 ** power);
}

function short(count: number): string {
  return count >= 1e6 ? `${count / 1e6}M` : count >= 1000 ? `${count / 1000}k` : String(count);
}
