import type { Plan, StreamPlan } from '../api/network';

/** A frame on a port, within the hyperperiod. */
export interface Sending { stream: string; frame: number; queue: number; start: number; end: number }
export interface Row { key: string; from: string; to: string; load: number; rest: number | null; sendings: readonly Sending[]; gates: readonly { queue: number; start: number; end: number }[] }

/** So many frames are drawn; of more, those of the chosen stream. */
export const MOST_SENDINGS = 40_000;

/** What each port sends in a hyperperiod, in the order in which streams first pass the ports. */
export function rowsOf(plan: Plan, chosen: string | null): Row[] {
  const rows = new Map<string, { row: Row; sendings: Sending[] }>();
  for (const { from, to, load, rest, gates } of plan.ports) {
    const sendings: Sending[] = [];
    rows.set(`${from}>${to}`, { row: { key: `${from}>${to}`, from, to, load, rest, gates, sendings }, sendings });
  }
  const all = plan.streams.reduce((sum, stream) => sum + framesOf(plan, stream) * stream.hops.length, 0);
  for (const stream of plan.streams) {
    if (stream.delay === null || (all > MOST_SENDINGS && stream.name !== chosen)) continue;
    for (const hop of stream.hops) {
      if (hop.start === null || hop.end === null) continue;
      const sendings = rows.get(`${hop.from}>${hop.to}`)?.sendings;
      for (let frame = 0; frame < framesOf(plan, stream); frame++) {
        // what goes beyond the end of the cycle stands at its beginning
        const start = (frame * stream.period + hop.start) % plan.hyperperiod;
        sendings?.push({ stream: stream.name, frame, queue: hop.queue ?? 0, start, end: start + hop.end - hop.start });
      }
    }
  }
  return [...rows.values()].map(({ row, sendings }) => ({ ...row, sendings: sendings.sort((a, b) => a.start - b.start) }));
}

function framesOf(plan: Plan, stream: StreamPlan): number {
  return Math.max(1, Math.round(plan.hyperperiod / stream.period));
}

/** The frame that a port sends at a time, or the nearest within a distance. */
export function sendingAt(row: Row, time: number, within: number): Sending | null {
  let best: Sending | null = null;
  let least = within;
  for (const sending of row.sendings) {
    const far = time < sending.start ? sending.start - time : Math.max(0, time - sending.end);
    if (far <= least) {
      least = far;
      best = sending;
    }
  }
  return best;
}

/** Round times for an axis: at most so many. */
export function ticksOf(from: number, to: number, most: number): number[] {
  const least = (to - from) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= least) ?? power * 10;
  const ticks: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick);
  return ticks;
}
