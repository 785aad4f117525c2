import { useEffect, useMemo, useState } from 'react';
import { Problem } from '../../api/client';
import { usePlant } from '../../api/hooks';
import { identity, type Journey, type NodeTree } from '../../api/identity';
import { useTree } from '../../api/tree';
import { hrefOf, useRoute } from '../../app/route';
import { BadIcon, SearchIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { nearest, readIdentifier } from '../../model/identifier';
import { CodePanel, useCode } from './CodePanel';
import { Found } from './Found';
import { JourneyPanel } from './JourneyPanel';
import './identifiers.css';

type Answer = { of: string; journey: Journey } | { of: string; problem: string };
const LISTED = 200;

export default function IdentifiersPage() {
  const t = useT();
  const { rest, search } = useRoute();
  const plant = usePlant();
  const tree = useTree();
  const via = viaOf(tree, search.get('via'));
  const [text, setText] = useState(rest);
  const [shown, setShown] = useState(rest);
  if (shown !== rest) {
    setShown(rest);
    setText(rest);
  }
  const code = useCode(text);
  const example = plant?.assets[0]?.identifier ?? tree?.examples[0] ?? '88.118.7/tank-1';
  const go = (asked: string, by: string | null) => {
    location.hash = hrefOf('identifiers', asked, by && tree?.root ? { via: by } : {});
  };
  return (
    <div className="identifiers">
      <h1 className="hidden">{t('identifiers')}</h1>
      <aside className="no-print"><Known text={text === rest ? '' : bare(text)} current={rest} /></aside>
      <div className="answer">
        <form className="ask no-print" onSubmit={(event) => {
          event.preventDefault();
          const asked = bare(text);
          if (asked === rest) setText(rest);
          else if (asked) go(asked, search.get('via'));
        }}>
          <input
            className="field" value={text} spellCheck={false} autoCapitalize="off" autoComplete="off" aria-label={t('enterIdentifier', { example: '' })}
            placeholder={t('pasteAnything')} onChange={(event) => setText(event.target.value)}
          />
          <button className="button primary" type="submit"><SearchIcon />{t('resolve')}</button>
          {tree?.root && <Via tree={tree} via={via} choose={(by) => go(rest, by)} />}
        </form>
        <div aria-live="polite" className="live">{text.trim() !== '' && code && <CodePanel text={text} code={code} />}</div>
        <div aria-live="polite" className="answer">
          {rest && (tree ? <Resolved key={`${rest}\n${via}`} asked={rest} via={via} /> : <p className="center">{t('loading')} …</p>)}
          {!rest && text.trim() === '' && <p className="center">{t('enterIdentifier', { example })}</p>}
        </div>
      </div>
    </div>
  );
}

/** Where there is no root, the only node is asked; else the root, or who the address names. */
function viaOf(tree: NodeTree | null, named: string | null): string | null {
  if (!tree) return null;
  if (!tree.root) return tree.nodes[0]?.name ?? null;
  return tree.nodes.some(({ name }) => name === named) ? named : null;
}

function Via({ tree, via, choose }: { tree: NodeTree; via: string | null; choose: (via: string | null) => void }) {
  const t = useT();
  const recursive = tree.nodes.filter(({ role }) => role === 'recursive');
  return (
    <div className="group" role="group" aria-label={t('askVia')}>
      <button className="button" type="button" aria-pressed={via === null} onClick={() => choose(null)}>{t('viaRoot')}</button>
      {recursive.map(({ name }) => (
        <button key={name} className="button" type="button" aria-pressed={via === name} onClick={() => choose(name)}>{t('viaRecursive')}</button>
      ))}
    </div>
  );
}

/** What there is to look at: the plant's own identifiers, or examples of a lab. */
function Known({ text, current }: { text: string; current: string }) {
  const t = useT();
  const plant = usePlant();
  const tree = useTree();
  const listed = useMemo(() => {
    const wanted = text.toLowerCase();
    const all = plant ? plant.assets.map(({ identifier, type }) => ({ code: identifier, note: type }))
      : (tree?.examples ?? []).map((code) => ({ code, note: null }));
    return all.filter(({ code }) => !plant || code.toLowerCase().includes(wanted)).slice(0, LISTED);
  }, [plant, tree, text]);
  const title = t(plant ? 'ofThisPlant' : 'examples');
  return (
    <>
      <p className="intro">{t(plant ? 'resolveIntro' : 'resolveIntroLab')}</p>
      {tree?.load && <p className="intro simulated">{t('simulatedLoad')}</p>}
      <h2 className="caption">{title}</h2>
      <ul className="known" tabIndex={0} aria-label={title}>
        {listed.map(({ code, note }) => (
          <li key={code}>
            <a href={hrefOf('identifiers', code)} aria-current={code === current ? 'true' : undefined}>
              <code>{code}</code>{note && <small>{note}</small>}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What stands for itself: an identifier out of its wrapping, or the text as it is. */
function bare(text: string): string {
  const read = readIdentifier(text);
  return 'identifier' in read ? read.identifier : text.replace(/^[ \t]+|[ \t]+$/g, '');
}

function Resolved({ asked, via }: { asked: string; via: string | null }) {
  const t = useT();
  const plant = usePlant();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const known = useMemo(() => (plant?.assets ?? []).map(({ identifier }) => identifier), [plant]);
  useEffect(() => {
    const cancel = new AbortController();
    identity.journey(asked, via, cancel.signal).then(
      (journey) => setAnswer({ of: asked, journey }),
      (error: unknown) => cancel.signal.aborted || setAnswer({ of: asked, problem: problemOf(error) }),
    );
    return () => cancel.abort();
  }, [asked, via]);
  if (!answer) return <p className="center" role="status">{t('loading')} …</p>;
  if ('problem' in answer) {
    const read = readIdentifier(asked);
    const why = plant && 'wrong' in read ? t(read.wrong, { example: known[0] ?? '88.118.7/tank-1' }) : answer.problem;
    return <NotResolved asked={asked} why={why} known={known} />;
  }
  const { journey } = answer;
  return (
    <>
      {journey.outcome !== 'found' && <Failed journey={journey} asked={asked} known={known} />}
      <JourneyPanel journey={journey} />
      {journey.outcome === 'found' && <Found journey={journey} />}
    </>
  );
}

function problemOf(error: unknown): string {
  return error instanceof Problem ? error.detail || error.title : error instanceof Error ? error.message : String(error);
}

function Failed({ journey, asked, known }: { journey: Journey; asked: string; known: readonly string[] }) {
  const t = useT();
  const plant = usePlant();
  const prefix = journey.handle.slice(0, journey.handle.indexOf('/'));
  const own = plant?.prefix ?? '';
  const why = !own || (journey.outcome !== 'not-found' && journey.outcome !== 'not-responsible') ? journey.words
    : prefix.toLowerCase() === own.toLowerCase() ? t('notRegistered', { prefix: own, count: known.length }) : t('otherPrefix', { prefix, own });
  const name = journey.code.scheme === 'handle' || journey.code.scheme === 'doi' ? journey.handle : asked;
  return <NotResolved asked={name} why={why} known={known} />;
}

function NotResolved({ asked, why, known }: { asked: string; why: string; known: readonly string[] }) {
  const t = useT();
  const meant = nearest(asked, known);
  return (
    <div className="panel failed" role="alert">
      <h2><BadIcon size={18} /> {t('notResolved', { identifier: asked.length > 120 ? `${asked.slice(0, 120)} …` : asked })}</h2>
      <p>{why}</p>
      {meant.length > 0 && (
        <p className="meant">{t('meant')} {meant.map((each) => <a key={each} href={hrefOf('identifiers', each)}><code>{each}</code></a>)}</p>
      )}
    </div>
  );
}
