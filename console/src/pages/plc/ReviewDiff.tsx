import { Segmented } from 'antd';
import { Fragment, useMemo, useRef, useState, type ReactNode } from 'react';
import type { ChangedText } from '../../api/plc';
import { useT } from '../../i18n';
import { changedPart, hunksOf, rowsOf, type Row, type Side } from '../../model/diff';
import { tokensOf, type Token } from '../../model/st';
import { yamlTokens } from '../../model/yaml';

type Layout = 'split' | 'unified';
const NARROW = 1000;
/** So many rows are drawn of a text before one asks for more. */
const ROWS_MAX = 1500;

/** The texts that change, running against new. */
export function DiffPanel({ texts }: { texts: readonly ChangedText[] | null }) {
  const t = useT();
  const box = useRef<HTMLElement>(null);
  const [layout, setLayout] = useState<Layout>(() => (window.innerWidth < NARROW ? 'unified' : 'split'));
  if (!texts) return <p className="center" role="status">{t('loading')} …</p>;
  const go = (step: number) => {
    const heads = [...(box.current?.querySelectorAll<HTMLElement>('.hunk') ?? [])];
    const top = (element: HTMLElement) => element.getBoundingClientRect().top;
    const next = step > 0 ? heads.find((head) => top(head) > 180) : heads.filter((head) => top(head) < 140).pop();
    next?.scrollIntoView({ block: 'start', behavior: 'instant' });
    next?.focus({ preventScroll: true });
  };
  return (
    <section
      className="panel diffs" ref={box} aria-label={t('changedTexts')}
      onKeyDown={(e) => {
        if (e.key === 'n' || e.key === 'p') go(e.key === 'n' ? 1 : -1);
      }}
    >
      <div className="tools">
        <h2>{t('changedTexts')}</h2><span className="soft num">{texts.length}</span><span className="room" />
        <span className="group">
          <button className="button" type="button" onClick={() => go(-1)} title="p">{t('previousChange')}</button>
          <button className="button" type="button" onClick={() => go(1)} title="n">{t('nextChange')}</button>
        </span>
        <Segmented<Layout>
          aria-label={t('layout')} value={layout} onChange={setLayout}
          options={[{ value: 'split', label: t('sideBySide') }, { value: 'unified', label: t('unified') }]}
        />
      </div>
      {texts.length === 0 && <p className="soft pad">{t('textsSame')}</p>}
      {texts.map((text) => <TextDiff key={text.name} text={text} layout={layout} />)}
    </section>
  );
}

function TextDiff({ text: { name, before, after }, layout }: { text: ChangedText; layout: Layout }) {
  const t = useT();
  const [open, setOpen] = useState(true);
  const [most, setMost] = useState(ROWS_MAX);
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set());
  const rows = useMemo(() => rowsOf(before ?? '', after ?? ''), [before, after]);
  const tokens = /\.ya?ml$/i.test(name) ? yamlTokens : tokensOf;
  const left = useMemo(() => tokens(before ?? ''), [tokens, before]);
  const right = useMemo(() => tokens(after ?? ''), [tokens, after]);
  const hunks = useMemo(() => hunksOf(rows), [rows]);
  const gone = rows.filter((row) => !row.same && row.left).length;
  const added = rows.filter((row) => !row.same && row.right).length;
  let drawn = 0;
  return (
    <details className="text" open={open} onToggle={(e) => setOpen(e.currentTarget.open)} data-text={name}>
      <summary>
        <code>{name}</code>
        {before === null && <span className="tag added">{t('textNew')}</span>}{after === null && <span className="tag removed">{t('textGone')}</span>}
        <span className="num plus">+{added}</span><span className="num minus">−{gone}</span>
      </summary>
      {open && (
        <div className={`diff ${layout}`} role="region" aria-label={name}>
          {hunks.map(({ from, to }, i) => {
            const start = i === 0 ? 0 : hunks[i - 1]!.to;
            const unfolded = shown.has(i);
            const rowsNow = rows.slice(unfolded ? start : from, to);
            const room = Math.max(0, most - drawn);
            drawn += rowsNow.length;
            return (
              <Fragment key={from}>
                {!unfolded && from > start && <Fold count={from - start} onOpen={() => setShown(new Set([...shown, i]))} />}
                {room > 0 && <div className="hunk" tabIndex={-1}><Rows rows={rowsNow.slice(0, room)} left={left} right={right} layout={layout} /></div>}
              </Fragment>
            );
          })}
          {drawn > most && <button className="button plain fold" type="button" onClick={() => setMost(most + ROWS_MAX)}>{t('showMore', { count: drawn - most })}</button>}
          {hunks.length > 0 && hunks[hunks.length - 1]!.to < rows.length && (
            shown.has(-1)
              ? <Rows rows={rows.slice(hunks[hunks.length - 1]!.to).slice(0, ROWS_MAX)} left={left} right={right} layout={layout} />
              : <Fold count={rows.length - hunks[hunks.length - 1]!.to} onOpen={() => setShown(new Set([...shown, -1]))} />
          )}
        </div>
      )}
    </details>
  );
}

function Fold({ count, onOpen }: { count: number; onOpen: () => void }) {
  const t = useT();
  return <button className="button plain fold" type="button" onClick={onOpen}>⋯ {t('linesSame', { count })}</button>;
}

interface RowsProps { rows: readonly Row[]; left: readonly (readonly Token[])[]; right: readonly (readonly Token[])[]; layout: Layout }

function Rows({ rows, left, right, layout }: RowsProps) {
  const cells = rows.map((row) => {
    const part = !row.same && row.left && row.right ? changedPart(row.left.text, row.right.text) : null;
    const minus = row.left && <Cell side={row.left} kind={row.same ? 'same' : 'minus'} tokens={left[row.left.line - 1]} from={part?.from} to={part?.endA} />;
    const plus = row.right && <Cell side={row.right} kind={row.same ? 'same' : 'plus'} tokens={right[row.right.line - 1]} from={part?.from} to={part?.endB} />;
    return { same: row.same, minus, plus };
  });
  if (layout === 'split') return <>{cells.map(({ minus, plus }, i) => <div className="row" key={i}>{minus ?? <Gap />}{plus ?? <Gap />}</div>)}</>;
  // One below the other: what is gone together, then what is new.
  const single: ReactNode[] = [];
  let added: ReactNode[] = [];
  for (const { same, minus, plus } of cells) {
    if (same) {
      single.push(...added, plus);
      added = [];
    } else {
      if (minus) single.push(minus);
      if (plus) added.push(plus);
    }
  }
  return <>{[...single, ...added].map((cell, i) => <div className="row" key={i}>{cell}</div>)}</>;
}

function Gap() {
  return <><span className="no gap" /><span className="cell gap" /></>;
}

interface CellProps { side: Side; kind: 'same' | 'minus' | 'plus'; tokens: readonly Token[] | undefined; from: number | undefined; to: number | undefined }

function Cell({ side, kind, tokens, from, to }: CellProps) {
  return (
    <>
      <span className={`no num ${kind}`} aria-hidden="true">{side.line}</span>
      <code className={`cell ${kind}`}>
        <span className="sign">{kind === 'minus' ? '−' : kind === 'plus' ? '+' : '\u00a0'}</span>
        {kind === 'minus' ? <del><Marked tokens={tokens ?? []} from={from} to={to} /></del>
          : kind === 'plus' ? <ins><Marked tokens={tokens ?? []} from={from} to={to} /></ins>
            : <Marked tokens={tokens ?? []} from={undefined} to={undefined} />}
      </code>
    </>
  );
}

/** The pieces of a line, what differs in it marked. */
function Marked({ tokens, from, to }: { tokens: readonly Token[]; from: number | undefined; to: number | undefined }) {
  const pieces = tokens.map((token, i) => ({ ...token, start: tokens.slice(0, i).reduce((sum, { text }) => sum + text.length, 0) }));
  return (
    <>{pieces.map(({ kind, text, start }, i) => {
      const cls = kind === 'other' || kind === 'name' ? undefined : `st-${kind}`;
      if (from === undefined || to === undefined || from >= to || start >= to || start + text.length <= from) return <span key={i} className={cls}>{text}</span>;
      const [a, b] = [Math.max(0, from - start), Math.min(text.length, to - start)];
      return <span key={i} className={cls}>{text.slice(0, a)}<mark>{text.slice(a, b)}</mark>{text.slice(b)}</span>;
    })}</>
  );
}
