import type { Steps } from '../steps.mjs';

/** In which order parts are stopped: nothing is stopped while something that still needs it runs. */
const stopOrder = ['edge', 'sink', 'hub', 'redis', 'database'] as const;
export type PartName = (typeof stopOrder)[number];

interface Part {
  name: PartName;
  stop(): Promise<unknown>;
}

/** What this run has started, so that it can stop exactly that. */
export interface StartedParts {
  add(part: Part): void;
  /** Aborted when `stopAll` begins: what ends from then on ends on purpose. */
  readonly stopping: AbortSignal;
  stopAll(steps: Steps): Promise<void>;
}

export function startedParts(): StartedParts {
  const parts: Part[] = [];
  const stopping = new AbortController();
  return {
    add: (part) => parts.push(part),
    stopping: stopping.signal,
    async stopAll(steps) {
      stopping.abort();
      if (parts.length === 0) return;
      const ordered = stopOrder.flatMap((name) => parts.filter((part) => part.name === name));
      const step = steps.step('stop', 'stopping');
      const forced: string[] = [];
      for (const part of ordered) {
        step.detail(part.name);
        if ((await part.stop()) === 'killed') forced.push(part.name);
      }
      const note = forced.length > 0 ? ` (by force: ${forced.join(', ')})` : '';
      step.done(`${ordered.map((part) => part.name).join(', ')} stopped${note}`);
    },
  };
}
