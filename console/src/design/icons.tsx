import type { ReactNode } from 'react';

interface IconProps {
  size?: number;
  className?: string;
}

function icon(children: ReactNode) {
  return function Icon({ size = 16, className }: IconProps) {
    return (
      <svg
        width={size} height={size} viewBox="0 0 16 16" className={className} aria-hidden="true" fill="none"
        stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round"
      >
        {children}
      </svg>
    );
  };
}

/** Quality and state differ in shape, not only in colour: round and ticked, triangular, square and crossed. */
export const GoodIcon = icon(<><circle cx="8" cy="8" r="6" /><path d="M5.3 8.2l1.9 1.9 3.5-4" /></>);
export const UncertainIcon = icon(<><path d="M8 2l6.5 11.5h-13z" /><path d="M8 6.5v3M8 11.6v.1" /></>);
export const BadIcon = icon(<><path d="M2.500 2.500h11v11h-11z" /><path d="M5.500 5.500l5 5M10.500 5.500l-5 5" /></>);
export const StaleIcon = icon(<><circle cx="8" cy="8" r="6" strokeDasharray="2.2 2" /><path d="M8 4.800V8l2 1.500" /></>);
export const BusyIcon = icon(<path d="M8 2a6 6 0 1 1-5.200 3" />);
export const PauseIcon = icon(<><circle cx="8" cy="8" r="6" /><path d="M6.500 6v4M9.500 6v4" /></>);
export const OverviewIcon = icon(<path d="M2 2.500h5v6H2zM9 2.500h5v3H9zM9 7.500h5v6H9zM2 10.500h5v3H2z" />);
export const PlantIcon = icon(<path d="M3 2v11h4M3 6h4M7 4.500h6v3H7zM7 11h6v3H7z" />);
export const TrendIcon = icon(<path d="M2 2v12h12M4.500 10l3-4 2.500 2 3.500-5" />);
export const PlcIcon = icon(<><path d="M2 3h12v10H2zM6 3v10" /><path d="M4 5.500v.1M4 8v.1M4 10.500v.1M8.500 6h3.500M8.500 8.500h3.500" /></>);
export const ForceIcon = icon(<path d="M5 1.500h6M6 1.500v5L3.500 9.500h9L10 6.500v-5M8 9.500v5" />);
export const PlayIcon = icon(<path d="M5 3l8 5-8 5z" />);
export const StopIcon = icon(<path d="M4 4h8v8H4z" />);
export const ScopeIcon = icon(<path d="M1.500 8h2.500l2-5 3.500 10 2-5h3" />);
export const IdentifierIcon = icon(<path d="M2 2h4v4H2zM10 2h4v4h-4zM2 10h4v4H2zM10 10h1.500v1.500M14 10v4h-4" />);
export const NodesIcon = icon(<path d="M6 1.500h4v3H6zM1.500 11.500h4v3h-4zM10.500 11.500h4v3h-4zM8 4.500V8M3.500 11.500V8h9v3.500" />);
export const RecordsIcon = icon(<path d="M3 1.500h7l3 3v10H3zM10 1.500v3h3M5.500 7.500h5M5.500 9.700h5M5.500 11.900h3" />);
export const MemoryIcon = icon(<><path d="M4 4h8v8H4z" /><path d="M6 1.800V4M10 1.800V4M6 12v2.200M10 12v2.200M1.800 6H4M1.800 10H4M12 6h2.200M12 10h2.200" /></>);
export const PersonIcon = icon(<><circle cx="8" cy="5" r="3" /><path d="M2.500 14c.6-3 2.700-4.500 5.500-4.500s4.900 1.500 5.500 4.500" /></>);
export const NetworkIcon = icon(<path d="M1.500 6.500h5v3h-5zM10 1.500h4.500v3H10zM10 11.500h4.500v3H10zM6.500 8h2M10 3H8.500v10H10" />);
export const ForwardIcon = icon(<path d="M3 8h9M8.500 4.500L12 8l-3.500 3.500" />);
export const WriteIcon = icon(<path d="M3 13l.7-3L11 2.700l2.300 2.300L6 12.300zM9.500 4.200l2.300 2.300" />);
export const CloseIcon = icon(<path d="M4 4l8 8M12 4l-8 8" />);
export const SwitchIcon = icon(<path d="M2 5.500h10M9.500 2.500l3 3-3 3M14 10.500H4M6.500 7.500l-3 3 3 3" />);
export const LeftIcon = icon(<path d="M10 3L5 8l5 5" />);
export const RightIcon = icon(<path d="M6 3l5 5-5 5" />);
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const MinusIcon = icon(<path d="M3 8h10" />);
export const SearchIcon = icon(<><circle cx="7" cy="7" r="4.500" /><path d="M10.500 10.500L14 14" /></>);
export const PlaceIcon = icon(<path d="M2 14V7l4-3v3l4-3v3l4-3v10z" />);
export const AssetIcon = icon(<><path d="M8 1.800l5.500 3v6.400L8 14.200l-5.500-3V4.800z" /><path d="M2.800 5L8 8l5.200-3M8 8v6" /></>);
export const SunIcon = icon(<><circle cx="8" cy="8" r="3" /><path d="M8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1" /></>);
export const MoonIcon = icon(<path d="M13.500 9.500A6 6 0 1 1 6.500 2.500a4.800 4.800 0 0 0 7 7z" />);
export const SystemIcon = icon(<><circle cx="8" cy="8" r="6" /><path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" /></>);

/** The mark: a millstone, its furrows turning into the teeth of a gear. */
export function Logo({ size = 24 }: { size?: number }) {
  const turns = [0, 45, 90, 135, 180, 225, 270, 315];
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" fill="currentColor">
      {turns.map((turn) => <path key={turn} d="M13.700 1h4.600l.9 4h-6.400z" transform={`rotate(${turn} 16 16)`} />)}
      <circle cx="16" cy="16" r="11.500" />
      <g fill="none" stroke="var(--surface)" strokeWidth="1.500" strokeLinecap="round">
        {turns.filter((turn) => turn % 90 === 0).map((turn) => (
          <g key={turn} transform={`rotate(${turn} 16 16)`}>
            <path d="M16 11.500Q17 8 20.500 6.600" /><path d="M19.200 12.800Q20.800 10.600 24 10.800" />
          </g>
        ))}
      </g>
      <path d="M13.600 13.600h4.800v4.800h-4.800z" fill="var(--surface)" />
    </svg>
  );
}
