import { Modal } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { plcApi, type PlcMode, type PlcStatus } from '../../api/plc';
import { plcStatus, usePlcLost, usePlcProgram, usePlcStatus, type PlcProgram } from '../../api/plcHooks';
import { hrefOf, useRoute } from '../../app/route';
import { AntTheme } from '../../design/AntTheme';
import { BadIcon, GoodIcon, PauseIcon, PlayIcon, StaleIcon, StopIcon, SwitchIcon } from '../../design/icons';
import { useT, type MessageKey } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { formatTime } from '../../model/format';
import { ForceBanner } from './ForceBanner';
import { IoView } from './IoView';
import { PredictiveView } from './PredictiveView';
import { ProgramView } from './ProgramView';
import { StandbyPanel } from './StandbyPanel';
import { TasksView } from './TasksView';
import { WatchView } from './WatchView';
import './plc.css';

const ScopeView = lazy(() => import('./ScopeView'));
const ReplayView = lazy(() => import('./ReplayView'));
const ReviewView = lazy(() => import('./ReviewView'));

const views = ['program', 'watch', 'scope', 'replay', 'tasks', 'io', 'predictive', 'change'] as const;
type View = (typeof views)[number];
const viewNames: Record<View, MessageKey> = { program: 'plcProgram', watch: 'plcWatch', scope: 'plcScope', replay: 'plcReplay', tasks: 'plcTasks', io: 'plcIo', predictive: 'plcPredictive', change: 'plcChange' };

export default function PlcPage() {
  const t = useT();
  const { rest } = useRoute();
  const view = views.find((name) => name === rest) ?? 'program';
  const status = usePlcStatus();
  const lost = usePlcLost();
  const program = usePlcProgram();
  const tabs = useRef<HTMLElement>(null);
  useEffect(() => {
    tabs.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [view]);
  const waits = status !== null && ['compared', 'shadowing', 'waiting', 'swapped'].includes(status.change);
  return (
    <AntTheme>
      <nav ref={tabs} className="subtabs no-print" aria-label={t('plc')}>
        {views.filter((name) => name !== 'predictive' || name === view || (status?.predictive.length ?? 0) > 0).map((name) => (
          <a key={name} href={hrefOf('plc', name)} aria-current={name === view ? 'page' : undefined}>{t(viewNames[name])}{name === 'change' && waits && <span className="dot" title={t('changeWaits')}><span className="hidden">{t('changeWaits')}</span></span>}</a>
        ))}
      </nav>
      <div className={`plc${lost ? ' is-stale' : ''}`}>
        <h1 className="hidden">{t('plc')} · {t(viewNames[view])}</h1>
        {status && program ? (
          <>
            <Strip status={status} lost={lost} />
            {status.standby && <StandbyPanel standby={status.standby} />}
            <ForceBanner forces={status.forces} />
            <Shown view={view} status={status} program={program} />
          </>
        ) : <p className="center" role="status">{t('loading')} …</p>}
      </div>
    </AntTheme>
  );
}

function Shown({ view, status, program }: { view: View; status: PlcStatus; program: PlcProgram }) {
  const t = useT();
  switch (view) {
    case 'program': return <ProgramView program={program} fault={status.fault} />;
    case 'watch': return <WatchView program={program} />;
    case 'scope': return <Suspense fallback={<p className="center" role="status">{t('loading')} …</p>}><ScopeView program={program} /></Suspense>;
    case 'replay': return <Suspense fallback={<p className="center" role="status">{t('loading')} …</p>}><ReplayView /></Suspense>;
    case 'tasks': return <TasksView tasks={status.tasks} />;
    case 'io': return <IoView status={status} />;
    case 'predictive': return <PredictiveView controllers={status.predictive} />;
    case 'change': return <Suspense fallback={<p className="center" role="status">{t('loading')} …</p>}><ReviewView program={program} /></Suspense>;
  }
}

const modeIcons = { running: GoodIcon, stopped: StopIcon, paused: PauseIcon, fault: BadIcon };
const modeNames = { running: 'plcRunning', stopped: 'plcStopped', paused: 'plcPaused', fault: 'plcFault' } as const;

/** What it is doing, and the way to let it do something else. */
function Strip({ status, lost }: { status: PlcStatus; lost: boolean }) {
  const t = useT();
  const say = useNodeSay();
  const follows = status.standby !== null && status.standby.role !== 'master';
  const Icon = lost ? StaleIcon : follows ? SwitchIcon : modeIcons[status.mode];
  const tone = lost ? 'stale' : follows ? '' : { running: '', stopped: 'uncertain', paused: 'uncertain', fault: 'bad' }[status.mode];
  const skipped = status.tasks.reduce((sum, task) => sum + task.skipped, 0);
  const { fault } = status;
  return (
    <section className={`panel strip ${tone}`} data-mode={status.mode}>
      <span className={`quality mode ${tone}`} role="status"><Icon size={16} /><span>{t(lost ? 'stale' : follows ? 'plcFollows' : modeNames[status.mode])}</span></span>
      <strong className="cut">{status.project}</strong>
      {skipped > 0 && <span className="soft num">{t('plcSkipped', { count: skipped })}</span>}
      <span className="room" />
      <ModeButton mode={status.mode} faulty={fault !== null} disabled={lost || follows} />
      {fault && (
        <p className="fault" role="alert">
          <b>{say(fault)}</b>
          <span className="soft">{t('plcFaultAt', { time: formatTime(fault.epochMillis), task: fault.task, scan: fault.scan })}</span>
          {fault.stack.map((frame, i) => <code key={i}>{frame}</code>)}
        </p>
      )}
    </section>
  );
}

function ModeButton({ mode, faulty, disabled }: { mode: PlcMode; faulty: boolean; disabled: boolean }) {
  const t = useT();
  const [asked, setAsked] = useState<PlcMode | null>(null);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const runs = mode === 'running';
  const enter = async (next: PlcMode) => {
    setBusy(true);
    try {
      await plcApi.enter(next);
      setAsked(null);
      plcStatus.again();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const Icon = runs ? StopIcon : PlayIcon;
  const stops = asked === 'stopped';
  return (
    <>
      <button
        className="button" type="button" disabled={disabled}
        onClick={() => { setProblem(''); setAsked(runs ? 'stopped' : 'running'); }}
      ><Icon size={14} />{t(runs ? 'plcStop' : 'plcStart')}</button>
      {asked && (
        <Modal
          open title={t(stops ? 'plcStopAsk' : 'plcStartAsk')} okText={t(stops ? 'plcStop' : 'plcStart')} cancelText={t('cancel')} width={440}
          okButtonProps={{ danger: stops, loading: busy }} onOk={() => void enter(asked)} onCancel={() => setAsked(null)}
        >
          <p>{t(stops ? 'plcStopText' : 'plcStartText')}</p>
          {!stops && faulty && <p className="problem">{t('plcStartFault')}</p>}
          {problem && <p className="problem" role="alert">{t('plcChangeFailed')} {problem}</p>}
        </Modal>
      )}
    </>
  );
}
