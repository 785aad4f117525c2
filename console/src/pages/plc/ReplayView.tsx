import { Select } from 'antd';
import { useEffect, useMemo, useReducer, useState } from 'react';
import { usePlcStatus, ValuesContext, type PlcProgram } from '../../api/plcHooks';
import { MomentStore, replayApi, type Recording, type Session } from '../../api/replay';
import { BusyIcon, StaleIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { formatTime } from '../../model/format';
import { Course } from './ReplayCourse';
import { ProgramView } from './ProgramView';
import { Timeline } from './Timeline';
import './replay.css';

/** What the PLC did: any moment that is recorded, with the program and its values then. */
export default function ReplayView() {
  const t = useT();
  const [run, setRun] = useState<number | undefined>();
  const [asked, again] = useReducer((n: number) => n + 1, 0);
  const [held, setHeld] = useState<Recording | null>(null);
  const [session, setSession] = useState<Session | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let over = false;
    let opened = '';
    void (async () => {
      try {
        const recording = await replayApi.recordings();
        const next = await replayApi.open(run);
        opened = next.id;
        if (over) return void replayApi.close(opened).catch(() => undefined);
        setHeld(recording);
        setSession(next);
        setProblem('');
      } catch (error) {
        if (!over) setProblem(error instanceof Error ? error.message : String(error));
      }
    })();
    return () => {
      over = true;
      if (opened) void replayApi.close(opened).catch(() => undefined);
    };
  }, [run, asked]);
  return (
    <>
      <RecorderState />
      {problem && <section className="panel pad replay-none" role="alert"><p><b>{t('replayNone')}</b> <span className="soft">{problem}</span></p><button className="button" type="button" onClick={again}>{t('replayAgain')}</button></section>}
      {!problem && !session && <p className="center" role="status">{t('loading')} …</p>}
      {session && !problem && (
        <Opened
          key={session.id} session={session}
          tools={(
            <>
              {held && held.runs.length > 1 && (
                <Select
                  value={session.run.run} aria-label={t('replayRun')} popupMatchSelectWidth={false} onChange={setRun}
                  options={held.runs.map(({ run: number, fromEpochMillis }) => ({ value: number, label: t('replayRunOf', { number, time: formatTime(fromEpochMillis) }) }))}
                />
              )}
              <button className="button" type="button" onClick={again}>{t('replayAgain')}</button>
            </>
          )}
        />
      )}
      {held && held.notes.length > 0 && <p className="soft small">{t('replayNotes', { text: held.notes.join('; ') })}</p>}
    </>
  );
}

/** What is recorded now, where that is not as it should be. */
function RecorderState() {
  const t = useT();
  const say = useNodeSay();
  const recording = usePlcStatus()?.recording;
  if (!recording || recording.state === 'recording') return null;
  return <p className="panel pad small quality uncertain" role="status"><StaleIcon size={14} /><span className="wrap">{recording.state === 'off' ? t('replayOff') : t('replayFailing', { reason: say({ message: recording.reason, code: recording.code ?? '', arguments: recording.arguments ?? {} }) })}</span></p>;
}

function Opened({ session, tools }: { session: Session; tools: React.ReactNode }) {
  const t = useT();
  const { id } = session;
  const store = useMemo(() => new MomentStore((move, paths) => replayApi.move(id, move, paths)), [id]);
  const [, heard] = useReducer((n: number) => n + 1, 0);
  useEffect(() => store.listen(heard), [store]);
  useEffect(() => store.go({ scan: session.run.lastScan }), [store, session]);
  const { moment } = store;
  const program = useProgram(id, moment?.program);
  return (
    <>
      <Timeline session={session} store={store} tools={tools} />
      {moment && program ? (
        <ValuesContext value={store}>
          <Course id={id} moment={moment} program={program} go={(scan) => store.go({ scan })} />
          <ProgramView program={program} fault={null} />
        </ValuesContext>
      ) : <p className="center" role="status"><BusyIcon size={14} /> {store.problem || `${t('loading')} …`}</p>}
    </>
  );
}

/** The program that ran then: another one after an online change. */
function useProgram(id: string, hash: string | undefined): PlcProgram | null {
  const [known, setKnown] = useState<{ hash: string; program: PlcProgram } | null>(null);
  useEffect(() => {
    if (!hash) return undefined;
    let over = false;
    void Promise.all([replayApi.sources(id), replayApi.instances(id), replayApi.variables(id)]).then(([sources, instances, variables]) => {
      if (!over) setKnown({ hash, program: { sources, instances, variables } });
    }, () => undefined);
    return () => {
      over = true;
    };
  }, [id, hash]);
  return known?.program ?? null;
}
