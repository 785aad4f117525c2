import { Select } from 'antd';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { PlcFault, PlcInstance } from '../../api/plc';
import { useForce, useVariable, type PlcProgram } from '../../api/plcHooks';
import { hrefOf, replaceRoute, useRoute } from '../../app/route';
import { BadIcon, ForceIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { exactPlc, shownPlc } from '../../model/plc';
import { indexOf, outlineOf, placeOf, resolve, type Outline, type Token, type Unit } from '../../model/st';

/** Lines that are looked at or not together. */
const CHUNK = 40;

/** The text of a program with the values of an instance beside the lines that name them. */
export function ProgramView({ program, fault }: { program: PlcProgram; fault: PlcFault | null }) {
  const t = useT();
  const say = useNodeSay();
  const { search } = useRoute();
  const broken = fault?.stack.map(placeOf).find((place) => place !== null) ?? null;
  const own = program.sources.filter(({ name }) => program.instances.some(({ source, path }) => source === name && !path.includes('.')));
  const [file, setFile] = useState(search.get('file') ?? broken?.source ?? own[0]?.name ?? program.sources[0]?.name ?? '');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const source = program.sources.find(({ name }) => name === file) ?? program.sources[0];
  const outline = useMemo(() => outlineOf(source?.text ?? ''), [source]);
  const index = useMemo(() => indexOf(program.variables.map(({ path }) => path)), [program]);
  const choose = (name: string) => {
    setFile(name);
    replaceRoute(hrefOf('plc', 'program', { file: name }));
  };
  if (!source) return null;
  return (
    <section className="panel program">
      {program.sources.length > 1 && (
        <div className="tools">
          <Select
            showSearch value={source.name} aria-label={t('file')} popupMatchSelectWidth={false} onChange={choose}
            options={program.sources.map(({ name }) => ({ value: name, label: name }))}
          />
        </div>
      )}
      {program.sources.length === 1 && <h2 className="caption">{source.name}</h2>}
      <Listing
        key={source.name} name={source.name} outline={outline} instances={program.instances} index={index} chosen={chosen}
        onChoose={(unit, path) => setChosen({ ...chosen, [unit]: path })}
        fault={broken?.source === source.name ? { line: broken.line, message: fault ? say(fault) : '' } : null}
      />
    </section>
  );
}

interface ListingProps {
  name: string;
  outline: Outline;
  instances: readonly PlcInstance[];
  index: ReadonlyMap<string, string>;
  chosen: Readonly<Record<string, string>>;
  onChoose: (unit: string, path: string) => void;
  fault: { line: number; message: string } | null;
}

function Listing({ name, outline, instances, index, chosen, onChoose, fault }: ListingProps) {
  const t = useT();
  const units = useMemo(() => outline.units.map((unit) => {
    const paths = instances.filter(({ units: of }) => of.some((n) => n.toUpperCase() === unit.name.toUpperCase())).map(({ path }) => path);
    return { ...unit, paths };
  }), [outline, instances]);
  const box = useRef<HTMLDivElement>(null);
  const broken = fault?.line;
  useEffect(() => {
    if (broken) box.current?.querySelector(`[data-line="${broken}"]`)?.scrollIntoView({ block: 'center' });
  }, [broken]);
  const chunks = Array.from({ length: Math.ceil(outline.lines.length / CHUNK) }, (_, i) => i * CHUNK);
  return (
    <div className="listing" ref={box} role="region" tabIndex={0} aria-label={`${name}: ${t('sourceLabel')}`}>
      {chunks.map((from) => (
        <Chunk key={from} from={from} outline={outline} units={units} index={index} chosen={chosen} onChoose={onChoose} fault={fault} />
      ))}
    </div>
  );
}

interface Placed extends Unit { readonly paths: readonly string[] }
type ChunkProps = Omit<ListingProps, 'name' | 'instances'> & { from: number; units: readonly Placed[] };

/** Lines ask for values while they are in sight. */
function Chunk({ from, outline, units, index, chosen, onChoose, fault }: ChunkProps) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setSeen(entry!.isIntersecting), { rootMargin: '200px' });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box}>
      {outline.lines.slice(from, from + CHUNK).map((tokens, i) => {
        const line = from + i + 1;
        const unit = units.find((u) => u.from <= line && line <= u.to);
        const instance = unit && (chosen[unit.name] ?? unit.paths[0]);
        return (
          <div key={line} className={`line${fault?.line === line ? ' broken' : ''}`} data-line={line}>
            <span className="no num" aria-hidden="true">{line}</span>
            <code><Tokens tokens={tokens} /></code>
            <span className="values">
              {unit?.from === line && <Head unit={unit} instance={instance} onChoose={onChoose} />}
              {seen && instance && resolve(outline.names[line - 1]!, instance, index).map(({ name, path }) => <Value key={path} name={name} path={path} />)}
              {fault?.line === line && <Broken message={fault.message} />}
            </span>
          </div>
        );
      })}
    </div>
  );
}

function Broken({ message }: { message: string }) {
  const t = useT();
  return <span className="quality bad wrap"><BadIcon size={14} /><span>{t('faultLine', { message })}</span></span>;
}

const Tokens = memo(function Tokens({ tokens }: { tokens: readonly Token[] }) {
  return <>{tokens.map(({ kind, text }, i) => (kind === 'other' || kind === 'name' ? text : <span key={i} className={`st-${kind}`}>{text}</span>))}</>;
});

/** Whose values are shown in a unit. */
function Head({ unit, instance, onChoose }: { unit: Placed; instance: string | undefined; onChoose: (unit: string, path: string) => void }) {
  const t = useT();
  if (!instance) return <span className="soft">{t('notInstanced')}</span>;
  if (unit.paths.length === 1) return <b className="instance">{instance}</b>;
  return (
    <Select
      showSearch size="small" value={instance} aria-label={t('instanceOf', { unit: unit.name })} popupMatchSelectWidth={false}
      options={unit.paths.map((path) => ({ value: path, label: path }))} onChange={(path) => onChoose(unit.name, path)}
    />
  );
}

function Value({ name, path }: { name: string; path: string }) {
  const t = useT();
  const value = useVariable(path);
  const force = useForce(path);
  const title = force ? `${path}: ${t('forcedTo', { value: exactPlc(force.value), owner: force.owner, reason: force.reason })}` : `${path} = ${exactPlc(value)}`;
  return (
    <span className={`live${force ? ' forced' : ''}${value === true ? ' on' : ''}`} title={title} data-path={path}>
      {force && <ForceIcon size={12} />}<i>{name}</i> <b className="num">{shownPlc(value)}</b>
    </span>
  );
}
