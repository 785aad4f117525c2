import { useEffect, useState } from 'react';
import { Problem } from '../../api/client';
import { identity, type Credentials, type RecordPage, type StoredRecord } from '../../api/identity';
import { useTree } from '../../api/tree';
import { hrefOf, useRoute } from '../../app/route';
import { BadIcon, PlusIcon, SearchIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { formatCount } from '../../model/format';
import { ValueTable } from '../identifiers/Found';
import { Editor } from './Editor';
import { SignIn } from './SignIn';
import '../identifiers/identifiers.css';
import './records.css';

/** The address holds the record, `#/records/88.118.7/pump-1`; with a slash at the end the prefix alone. */
export default function RecordsPage() {
  const t = useT();
  const { rest } = useRoute();
  const tree = useTree();
  const [credentials, setCredentials] = useState<Credentials | null>(null);
  const [version, setVersion] = useState(0);
  const prefixes = [...new Set(tree?.nodes.flatMap((node) => node.prefixes) ?? [])];
  const slash = rest.indexOf('/');
  const named = slash < 0 ? rest : rest.slice(0, slash);
  const prefix = named || (prefixes.includes('88.118.7') ? '88.118.7' : prefixes[0]) || '';
  const handle = slash > 0 && slash < rest.length - 1 ? rest : '';
  const node = tree?.nodes.find((each) => each.administrator && each.prefixes.includes(prefix));
  return (
    <div className="identifiers records">
      <h1 className="hidden">{t('records')}</h1>
      <aside className={`no-print${handle ? ' behind' : ''}`}>
        {prefix && <Browse key={`${prefix} ${version}`} prefix={prefix} prefixes={prefixes.includes(prefix) ? prefixes : [prefix, ...prefixes]} current={handle} />}
      </aside>
      <div className="answer">
        {node?.administrator
          ? <SignIn administrator={node.administrator} credentials={credentials} onSigned={setCredentials} />
          : tree && prefix && <p className="soft">{t('noChangesHere')}</p>}
        {handle ? <Opened key={`${handle} ${credentials?.administrator ?? ''}`} handle={handle} credentials={credentials} onChanged={() => setVersion(version + 1)} />
          : <p className="center">{t('chooseRecord')}</p>}
      </div>
    </div>
  );
}

function Browse({ prefix, prefixes, current }: { prefix: string; prefixes: readonly string[]; current: string }) {
  const t = useT();
  const [contains, setContains] = useState('');
  const [pages, setPages] = useState<{ of: string; pages: RecordPage[] } | null>(null);
  const [failed, setFailed] = useState('');
  useEffect(() => {
    const cancel = new AbortController();
    const timer = window.setTimeout(() => {
      identity.page(prefix, contains, '', cancel.signal).then(
        (page) => {
          setPages({ of: contains, pages: [page] });
          setFailed('');
        },
        (error: unknown) => cancel.signal.aborted || setFailed(words(error)),
      );
    }, contains ? 200 : 0);
    return () => {
      window.clearTimeout(timer);
      cancel.abort();
    };
  }, [prefix, contains]);
  const last = pages?.pages.at(-1);
  const more = () => {
    if (!pages || !last?.next) return;
    identity.page(prefix, contains, last.next).then(
      (page) => setPages({ of: contains, pages: [...pages.pages, page] }), (error: unknown) => setFailed(words(error)));
  };
  const handles = pages?.pages.flatMap((page) => page.handles) ?? [];
  return (
    <>
      <div className="browse">
        <label>{t('prefix')}
          <select className="field" value={prefix} onChange={(event) => { location.hash = hrefOf('records', `${event.target.value}/`); }}>
            {prefixes.map((each) => <option key={each}>{each}</option>)}
          </select>
        </label>
        <label className="find"><span className="hidden">{t('findRecord')}</span><SearchIcon />
          <input className="field" type="search" value={contains} placeholder={t('findRecord')} onChange={(event) => setContains(event.target.value)} />
        </label>
      </div>
      {failed && <p className="quality bad" role="alert"><BadIcon size={14} />{failed}</p>}
      <h2 className="caption" role="status">{pages && t('recordsShown', { count: formatCount(handles.length) })}</h2>
      <ul className="known" tabIndex={0} aria-label={t('records')}>
        {handles.map((each) => (
          <li key={each}><a href={hrefOf('records', each)} aria-current={each === current ? 'true' : undefined}><code>{each}</code></a></li>
        ))}
        {pages && handles.length === 0 && <li className="soft">{t('noRecords')}</li>}
      </ul>
      {last?.next && <button className="button" type="button" onClick={more}>{t('moreRecords')}</button>}
      <a className="button" href={hrefOf('records', `${prefix}/${newName(handles, prefix)}`, { new: '1' })}><PlusIcon />{t('newRecord')}</a>
    </>
  );
}

/** A name that is not taken, as far as it is known. */
function newName(handles: readonly string[], prefix: string): string {
  let i = 1;
  while (handles.includes(`${prefix}/new-${i}`)) i++;
  return `new-${i}`;
}

export function words(error: unknown): string {
  return error instanceof Problem ? error.detail || error.title : error instanceof Error ? error.message : String(error);
}

interface OpenedProps {
  handle: string;
  credentials: Credentials | null;
  onChanged: () => void;
}

type State = { record: StoredRecord } | { missing: true } | { failed: string } | null;

function Opened({ handle, credentials, onChanged }: OpenedProps) {
  const t = useT();
  const { search } = useRoute();
  const [state, setState] = useState<State>(null);
  const [editing, setEditing] = useState(search.has('new'));
  const [again, setAgain] = useState(0);
  useEffect(() => {
    const cancel = new AbortController();
    identity.record(handle, credentials, cancel.signal).then(
      (record) => setState({ record }),
      (error: unknown) => cancel.signal.aborted
        || setState(error instanceof Problem && error.status === 404 ? { missing: true } : { failed: words(error) }),
    );
    return () => cancel.abort();
  }, [handle, credentials, again]);
  if (!state) return <p className="center" role="status">{t('loading')} …</p>;
  if ('failed' in state) return <p className="panel failed" role="alert"><BadIcon /> {state.failed}</p>;
  const record = 'record' in state ? state.record : null;
  return (
    <>
      <section className="panel record">
        <div className="record-head">
          <h2><code>{handle}</code></h2>
          <span className="soft">{record ? t('heldBy', { node: record.node }) : t('notYetRegistered')}</span>
          <a href={hrefOf('identifiers', handle)}>{t('showJourney')}</a>
          {!editing && credentials && (record ? record.takesChanges : true)
            && <button className="button primary" type="button" onClick={() => setEditing(true)}>{t(record ? 'edit' : 'newRecord')}</button>}
        </div>
        {record && !editing && <ValueTable values={record.values} />}
        {!record && !editing && <p className="pad soft">{t('signInToCreate')}</p>}
        {editing && !credentials && <p className="pad quality uncertain">{t('signInFirst')}</p>}
      </section>
      {editing && credentials && (
        <Editor
          key={record?.revision ?? 'new'} handle={handle} record={record} credentials={credentials}
          onEnd={(changed) => {
            setEditing(false);
            setAgain(again + 1);
            if (changed) onChanged();
          }}
          onReread={() => setAgain(again + 1)}
        />
      )}
    </>
  );
}
