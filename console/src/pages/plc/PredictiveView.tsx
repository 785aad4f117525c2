import { useEffect, useState } from 'react';
import { plcApi, type Predictive, type PredictiveCourse, type PredictiveLine } from '../../api/plc';
import { useT } from '../../i18n';
import { formatCount, formatNumber } from '../../model/format';
import { formatMicros, shownPlc } from '../../model/plc';
import { courseChart, type Spot } from '../../model/predictive';

const PERIOD_MILLIS = 500;
const outcomes = {
  off: 'predictiveOff', best: 'predictiveBest', shifted: 'predictiveShifted', held: 'predictiveHeld', 'no-number': 'predictiveNoNumber',
} as const;

/** What predictive controllers saw, and what they plan. */
export function PredictiveView({ controllers }: { controllers: readonly Predictive[] }) {
  const t = useT();
  const courses = useCourses();
  if (controllers.length === 0) return <p className="center">{t('predictiveNone')}</p>;
  return (
    <>{controllers.map((controller) => {
      const course = courses.find(({ name }) => name === controller.name);
      const works = controller.outcome === 'best' || controller.outcome === 'shifted';
      return (
        <section key={controller.name} className={`panel predictive${controller.problem ? ' bad' : ''}`} aria-label={controller.name} data-predictive={controller.name}>
          <header>
            <h2>{controller.name}</h2>
            <span className={works ? 'soft' : 'notable'} data-outcome={controller.outcome}>{t(outcomes[controller.outcome])}</span>
            <span className="soft num">{t('predictiveFigures', {
              every: formatMicros(controller.everyMillis * 1000), plans: formatCount(controller.plans), longest: formatMicros(controller.longestMillis * 1000),
            })}</span>
          </header>
          {controller.problem && <p className="problem" role="alert">{controller.problem}</p>}
          {course && (
            <div className="courses">
              {course.outputs.map((line) => <Course key={line.variable} line={line} everyMillis={course.everyMillis} isInput={false} />)}
              {course.inputs.map((line) => <Course key={line.variable} line={line} everyMillis={course.everyMillis} isInput />)}
            </div>
          )}
        </section>
      );
    })}
    <p className="soft small">{t('predictiveNote')}</p></>
  );
}

function useCourses(): readonly PredictiveCourse[] {
  const [courses, setCourses] = useState<readonly PredictiveCourse[]>([]);
  useEffect(() => {
    const end = new AbortController();
    const read = () => {
      plcApi.predictive(end.signal).then(setCourses, () => undefined);
    };
    read();
    const timer = window.setInterval(read, PERIOD_MILLIS);
    return () => {
      end.abort();
      window.clearInterval(timer);
    };
  }, []);
  return courses;
}

const WIDTH = 420;
const HEIGHT = 140;
const LEFT = 52;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;

interface CourseProps { line: PredictiveLine; everyMillis: number; isInput: boolean }

/** A variable before and after now: measured or applied, wanted, expected or planned, and its limits. */
function Course({ line, everyMillis, isInput }: CourseProps) {
  const t = useT();
  const chart = courseChart(line, isInput);
  const [w, h] = [WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM];
  const x = (share: number) => LEFT + share * w;
  const y = (share: number) => TOP + (1 - share) * h;
  const at = (value: number) => y((value - chart.low) / (chart.high - chart.low));
  const path = (stretches: readonly (readonly Spot[])[]) =>
    stretches.map((spots) => spots.map(([sx, sy], i) => `${i === 0 ? 'M' : 'L'}${x(sx).toFixed(1)} ${y(sy).toFixed(1)}`).join('')).join('');
  const now = line.past.at(-1) ?? null;
  const wanted = line.wanted.at(-1) ?? null;
  const end = line.ahead.at(-1) ?? null;
  const horizon = formatMicros(line.ahead.length * everyMillis * 1000);
  const decimals = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(chart.high - chart.low))));
  const label = t(isInput ? 'predictiveInputLabel' : 'predictiveOutputLabel', {
    variable: line.variable, now: shownPlc(now), wanted: shownPlc(wanted), end: shownPlc(end), horizon,
  });
  return (
    <figure data-course={line.variable}>
      <figcaption>
        <code>{line.variable}</code> <b className="num">{shownPlc(now)}</b>
        {wanted !== null && <span className="soft num">{t('predictiveWanted', { value: shownPlc(wanted) })}</span>}
      </figcaption>
      {line.past.length === 0 ? <p className="soft pad">{t('predictiveNothing')}</p> : (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
          <rect className="future" x={x(chart.now)} y={TOP} width={x(1) - x(chart.now)} height={h} />
          {[chart.low, (chart.low + chart.high) / 2, chart.high].map((value) => (
            <g key={value}><path className="rule" d={`M${LEFT} ${at(value)}H${WIDTH - RIGHT}`} />
              <text x={LEFT - 5} y={at(value) + 4} textAnchor="end">{formatNumber(value, decimals)}</text></g>
          ))}
          {chart.limits.map((value) => <path key={value} className="limit" d={`M${LEFT} ${at(value)}H${WIDTH - RIGHT}`} />)}
          <path className="wanted" d={path(chart.wanted)} />
          <path className="past" d={path(chart.past)} />
          <path className="ahead" d={path(chart.ahead)} />
          <path className="moment" d={`M${x(chart.now)} ${TOP}V${TOP + h}`} />
          <text x={x(chart.now)} y={HEIGHT - 5} textAnchor="middle">{t('predictiveNow')}</text>
          <text x={WIDTH - RIGHT} y={HEIGHT - 5} textAnchor="end">+{horizon}</text>
        </svg>
      )}
    </figure>
  );
}
