import type { History } from '../api/types';
import { qualityOf } from './quality';

const HEAD = 'signal,unit,time,receive_time,value,quality,bucket_millis,count,good,bad,min,max,mean,first,last';

function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** What a trend shows, as RFC 4180 text: one line per sample or bucket within the range, times in UTC. */
export function toCsv(histories: readonly History[], from: number, to: number): string {
  const lines = [HEAD];
  const iso = (time: number | undefined) => (typeof time === 'number' ? new Date(time).toISOString() : '');
  for (const h of histories) {
    h.times.forEach((time, i) => {
      if (time < from || time > to) return;
      const cells = h.kind === 'raw'
        ? [iso(h.receiveTimes[i]), h.values[i], qualityOf(h.status[i] ?? 0).name, ...Array<string>(9).fill('')]
        : ['', '', '', h.bucketMillis, h.count[i], h.good[i], h.bad[i], h.min[i], h.max[i], h.mean[i], h.first[i], h.last[i]];
      lines.push([h.signal, h.unit, iso(time), ...cells].map(cell).join(','));
    });
  }
  return `${lines.join('\r\n')}\r\n`;
}
