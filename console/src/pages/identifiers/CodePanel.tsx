import { useEffect, useState } from 'react';
import { identity, type Code } from '../../api/identity';
import { BadIcon, GoodIcon } from '../../design/icons';
import { useT, type MessageKey } from '../../i18n';
import { marked, visible } from '../../model/journey';

const PAUSE_MILLIS = 150;
const MOST_SHOWN = 400;

/** What a text is, asked as it is typed; null until it is known. */
export function useCode(text: string): Code | null {
  const [read, setRead] = useState<{ of: string; code: Code } | null>(null);
  useEffect(() => {
    if (text.trim() === '') return undefined;
    const cancel = new AbortController();
    const timer = window.setTimeout(() => {
      identity.code(text, cancel.signal).then((code) => setRead({ of: text, code }), () => undefined);
    }, PAUSE_MILLIS);
    return () => {
      window.clearTimeout(timer);
      cancel.abort();
    };
  }, [text]);
  return read?.of === text ? read.code : null;
}

const schemes: Record<string, MessageKey> = {
  gs1: 'schemeGs1', epc: 'schemeEpc', handle: 'schemeHandle', doi: 'schemeDoi', oid: 'schemeOid', ecode: 'schemeEcode',
  iso15459: 'schemeIso', vaa: 'schemeIso', did: 'schemeDid', unknown: 'schemeUnknown',
};

export function CodePanel({ text, code }: { text: string; code: Code }) {
  const t = useT();
  const pieces = marked(text.slice(0, MOST_SHOWN), code.faults);
  return (
    <section className={`panel code ${code.valid ? '' : 'wrong'}`} aria-label={t('codeRead')}>
      <div className="code-head">
        <strong>{t(schemes[code.scheme] ?? 'schemeUnknown')}</strong>
        {code.form && <span className="soft">{code.form}</span>}
        <span className={`quality ${code.valid ? '' : 'bad'}`}>
          {code.valid ? <GoodIcon size={14} /> : <BadIcon size={14} />}
          <span>{code.valid ? t('codeValid') : t('codeFaults', { count: code.faults.length })}</span>
        </span>
      </div>
      <p className="code-text">
        {pieces.map((piece, i) => piece.fault
          ? <mark key={i}>{piece.text === '' ? '␣' : visible(piece.text)}</mark>
          : <span key={i}>{visible(piece.text)}</span>)}
        {text.length > MOST_SHOWN && '…'}
      </p>
      {code.faults.map((fault) => (
        <p key={`${fault.at} ${fault.message}`} className="fault">
          <span className="num">{t('atPlace', { place: fault.at + 1 })}</span> {fault.message}
        </p>
      ))}
      {code.parts.length > 0 && (
        <dl className="parts">
          {code.parts.map((part, i) => (
            <div key={`${i} ${part.name}`} title={part.meaning}>
              <dt>{part.name}</dt><dd><code>{part.value}</code>{part.meaning && <small>{part.meaning}</small>}</dd>
            </div>
          ))}
        </dl>
      )}
      {code.canonical !== '' && code.canonical !== text.trim() && (
        <p className="soft">{t('canonical')} <code>{code.canonical}</code></p>
      )}
    </section>
  );
}
