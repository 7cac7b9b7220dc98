import type { LogKind } from '@nexomatic/contracts/log-api';
import { CopyButton } from '../components/copy-button.tsx';
import { Clock, Download, Filter as FilterIcon, Maximize, Minimize, Search, WrapText } from '../components/icons.ts';
import { MenuButton, type MenuEntry } from '../components/overlay/menu-button.tsx';
import type { TimeStyle } from './line-times.ts';
import { LogStatus } from './log-status.tsx';
import type { LogState } from './log-store.ts';
import { PressButton } from './press-button.tsx';
import type { Filter } from './use-filter.ts';

export interface LogLook {
  wrap: boolean;
  time: TimeStyle;
  full: boolean;
}

interface ToolbarProps {
  look: LogLook;
  setLook: (look: Partial<LogLook>) => void;
  filter: Filter;
  setFilter: (filter: Partial<Filter>) => void;
  state: LogState;
  nextError: () => void;
  openFind: () => void;
  /** Null while not every line is at hand. */
  copy: (() => string) | null;
  /** Address of the whole log as a file; null while there is none. */
  fileUrl: string | null;
}

const kinds: [LogKind, string][] = [
  ['error', 'Error'],
  ['warn', 'Warn'],
  ['info', 'Info'],
  ['debug', 'Debug'],
  ['stdout', 'Output'],
  ['stderr', 'Stderr'],
];
const times: [TimeStyle, string][] = [
  ['clock', 'Time of day'],
  ['start', 'Since the start'],
  ['before', 'Since the line before'],
];

/** What the log shows and how; finding, copying and downloading it. */
export function LogToolbar(props: ToolbarProps) {
  const { look, setLook, state, nextError, openFind, copy, fileUrl } = props;
  const timeEntries = times.map(
    ([time, label]): MenuEntry => ({
      label: look.time === time ? `${label} ✓` : label,
      onSelect: () => setLook({ time }),
    }),
  );
  return (
    <div className="pane-bar log-bar">
      <LogFilter {...props} />
      <div className="log-tools">
        <LogStatus state={state} />
        {state.error === null ? null : (
          <button type="button" className="button-quiet log-next-error" onClick={nextError}>
            Next error <kbd className="key-cap">f</kbd>
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label="Find in the log"
          title="Find (Ctrl F)"
          onClick={openFind}
        >
          <Search size={14} aria-hidden="true" />
        </button>
        <MenuButton label="Times" entries={timeEntries} align="end" className="icon-button log-time-menu">
          <Clock size={14} aria-hidden="true" />
        </MenuButton>
        <PressButton
          className="icon-button log-press"
          label="Wrap long lines"
          on={look.wrap}
          set={(wrap) => setLook({ wrap })}
        >
          <WrapText size={14} aria-hidden="true" />
        </PressButton>
        {copy ? <CopyButton text={copy} label="Copy the lines shown" /> : null}
        {fileUrl ? (
          <MenuButton label="Download the log" entries={fileEntries(fileUrl)} align="end">
            <Download size={14} aria-hidden="true" />
          </MenuButton>
        ) : null}
        <PressButton
          className="icon-button log-press"
          label="Full screen"
          on={look.full}
          set={(full) => setLook({ full })}
        >
          {look.full ? <Minimize size={14} aria-hidden="true" /> : <Maximize size={14} aria-hidden="true" />}
        </PressButton>
      </div>
    </div>
  );
}

function LogFilter({ filter, setFilter }: Pick<ToolbarProps, 'filter' | 'setFilter'>) {
  const toggle = (kind: LogKind): void =>
    setFilter({
      kinds: filter.kinds.includes(kind) ? filter.kinds.filter((one) => one !== kind) : [...filter.kinds, kind],
    });
  return (
    <div className="log-filter">
      <fieldset className="log-kinds">
        <legend className="sr-only">Kinds of lines; all when none is pressed</legend>
        {kinds.map(([kind, word]) => (
          <button
            key={kind}
            type="button"
            className="log-kind-button"
            data-kind={kind}
            aria-pressed={filter.kinds.includes(kind)}
            onClick={() => toggle(kind)}
          >
            {word}
          </button>
        ))}
      </fieldset>
      <label className="field log-filter-text">
        <FilterIcon size={12} aria-hidden="true" />
        <input
          aria-label="Show only lines that hold"
          placeholder="Only lines with…"
          spellCheck={false}
          autoComplete="off"
          maxLength={500}
          value={filter.text}
          onChange={(event) => setFilter({ text: event.target.value })}
        />
      </label>
    </div>
  );
}

const fileEntries = (url: string): MenuEntry[] => [
  { label: 'Text with times (.log)', to: url, download: true },
  { label: 'Records (.ndjson)', to: `${url}?form=ndjson`, download: true },
  {
    label: 'Raw output in a new tab',
    onSelect: () => window.open(`${url}?form=raw`, '_blank', 'noopener'),
    separated: true,
  },
];
