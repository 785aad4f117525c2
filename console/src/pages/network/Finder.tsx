import { useState } from 'react';
import { MinusIcon, PlusIcon } from '../../design/icons';
import { useT } from '../../i18n';
import type { Zoom } from './useZoom';

/** Beside a drawing that is larger than its box: how near it is looked at, and where something is. */
export function Finder({ names, zoom, onFind }: { names: readonly string[]; zoom: Zoom; onFind: (name: string) => void }) {
  const t = useT();
  const [text, setText] = useState('');
  const find = (sought: string, exactly: boolean) => {
    const low = sought.trim().toLowerCase();
    const found = names.find((name) => name.toLowerCase() === low) ?? (exactly || low === '' ? undefined : names.find((name) => name.toLowerCase().includes(low)));
    setText(found === undefined ? sought : '');
    if (found !== undefined) onFind(found);
  };
  return (
    <form className="finder" onSubmit={(event) => {
      event.preventDefault();
      find(text, false);
    }}>
      <input className="field" type="search" list="net-nodes" value={text} placeholder={t('netFind')} aria-label={t('netFind')} spellCheck={false} onChange={(event) => find(event.target.value, true)} />
      <datalist id="net-nodes">{names.map((name) => <option key={name} value={name} />)}</datalist>
      <button className="button icon" type="button" data-tool="farther" disabled={zoom.whole} aria-label={t('netZoomOut')} title={t('netZoomOut')} onClick={() => zoom.step(false)}><MinusIcon size={14} /></button>
      <button className="button icon" type="button" data-tool="nearer" disabled={zoom.most} aria-label={t('netZoomIn')} title={t('netZoomIn')} onClick={() => zoom.step(true)}><PlusIcon size={14} /></button>
      <button className="button plain" type="button" data-tool="whole" disabled={zoom.whole} onClick={zoom.showWhole}>{t('netWhole')}</button>
    </form>
  );
}
