import { Select } from 'antd';
import { memo, useMemo, useState } from 'react';
import { useSignals } from '../../api/hooks';
import { LeftIcon, MinusIcon, PlusIcon, RightIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { toCsv } from '../../model/csv';
import { panned, zoomed, type View } from '../../model/view';
import type { Curve } from './chart';

/** Signals in one picture. */
export const MOST = 6;

const windows: [label: string, millis: number][] = [
  ['1 min', 60_000], ['10 min', 600_000], ['1 h', 3_600_000], ['8 h', 28_800_000], ['1 d', 86_400_000],
  ['7 d', 604_800_000], ['30 d', 2_592_000_000], ['1 a', 31_536_000_000],
];

interface ToolsProps {
  names: readonly string[];
  onNames: (names: readonly string[]) => void;
  span: number;
  onSpan: (span: number) => void;
  following: boolean;
  onFollow: (follows: boolean) => void;
  onMove: (change: (view: View) => View) => void;
}

const middleOf = ({ from, to }: View) => (from + to) / 2;

/** What is shown and when. Panning leaves it alone. */
export const Tools = memo(function Tools({ names, onNames, span, onSpan, following, onFollow, onMove }: ToolsProps) {
  const t = useT();
  const signals = useSignals();
  const options = useMemo(() => [...signals.keys()].map((value) => ({ value, label: value })), [signals]);
  const steps = [
    ['earlier', LeftIcon, (view: View) => panned(view, -0.5)], ['later', RightIcon, (view: View) => panned(view, 0.5)],
    ['zoomIn', PlusIcon, (view: View) => zoomed(view, 0.5, middleOf(view))], ['zoomOut', MinusIcon, (view: View) => zoomed(view, 2, middleOf(view))],
  ] as const;
  return (
    <>
      <Select
        mode="multiple" className="choice" value={names as string[]} options={options} maxCount={MOST} placeholder={t('addSignals')}
        aria-label={t('addSignals')} onChange={onNames} maxTagCount="responsive"
      />
      <div className="group spans" role="group" aria-label={t('range')}>
        {windows.map(([label, millis]) => (
          <button key={label} className="button" type="button" aria-pressed={Math.abs(span - millis) < millis / 100} onClick={() => onSpan(millis)}>{label}</button>
        ))}
      </div>
      <button className="button follow" type="button" aria-pressed={following} onClick={() => onFollow(!following)}>{t('follow')}</button>
      <div className="group">
        {steps.map(([name, Icon, change]) => (
          <button key={name} className="button icon" type="button" aria-label={t(name)} title={t(name)} onClick={() => onMove(change)}><Icon /></button>
        ))}
      </div>
    </>
  );
});

export function Share({ curves, view }: { curves: readonly Curve[]; view: View }) {
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
