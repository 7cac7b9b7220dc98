import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import type { SinkTypeSummary } from '@nexomatic/contracts/sink-type-api';

/** How the fields of a sink type are called. */
export const sinkTypeLabels = { name: 'Name', runtime: 'Runtime', description: 'Description' };

/** What its sinks run. */
export const runtimeWords: { value: SinkRuntime; label: string; help: string }[] = [
  { value: 'PYTHON', label: 'Python', help: 'Modules are imported and called by their path.' },
  {
    value: 'POWERSHELL',
    label: 'PowerShell',
    help: 'For agents that run PowerShell; this version has no such agent yet.',
  },
  { value: 'CUSTOM', label: 'Custom', help: 'For an agent of your own that speaks the protocol of sinks.' },
];

/** The part of a sink type that people change. */
export const typeBody = ({ name, runtime, description }: SinkTypeSummary) => ({ name, runtime, description });
