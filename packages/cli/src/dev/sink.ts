import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Python } from '@nexomatic/sink/runner/find-python';
import { type Component, startComponent } from './component.ts';
import { childEnvironment, repositoryRoot } from './settings.ts';
import type { StateFolder } from './state-folder.ts';

/** Seconds that running work is given to finish when everything is stopped. */
const drainSeconds = 10;

/** The demo sink: Python modules from the examples folder, token by file. */
export function startSink(options: { state: StateFolder; hubUrl: string; token: string; python: Python }): Component {
  const { state, hubUrl, token, python } = options;
  const tokenFile = state.secretFile('sink-token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  return startComponent({
    name: 'sink',
    args: [join(repositoryRoot, 'apps/sink/src/main.ts'), 'run'],
    env: childEnvironment({
      NEXOMATIC_HUB_URL: hubUrl,
      NEXOMATIC_SINK_TOKEN_FILE: tokenFile,
      NEXOMATIC_MODULES: join(repositoryRoot, 'apps/sink/examples/demo'),
      NEXOMATIC_PYTHON: python.executable,
      NEXOMATIC_STATE_DIR: join(state.root, 'sink'),
      NEXOMATIC_DRAIN_SECONDS: String(drainSeconds),
    }),
    state,
    stopWithinMs: (drainSeconds + 10) * 1000,
  });
}

/** The agent says so in its log once the hub knows it and it takes work: then it is ONLINE. */
export async function sinkIsOnline(sink: Component): Promise<boolean> {
  return readFileSync(sink.logFile, 'utf8').slice(sink.logStart).includes('"event":"agent.ready"');
}
