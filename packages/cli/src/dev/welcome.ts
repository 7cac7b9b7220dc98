import type { Steps } from '../steps.mjs';
import type { RunFile } from './run-file.ts';
import type { StateFolder } from './state-folder.ts';
import { productVersions } from './versions.ts';

/** The first line of a start. */
export function headline(steps: Steps): void {
  const { nexomatic, node } = productVersions();
  steps.line();
  steps.line(`  Nexomatic ${nexomatic}  development mode – not for production  (node ${node})`);
  steps.line();
}

/** Where everything is, once it is ready. */
export function welcome(steps: Steps, run: RunFile, state: StateFolder): void {
  const lines = [
    '',
    `  Dashboard    ${run.dashboardUrl}   (signs you in once)`,
    `  Webhook      ${run.webhookUrl}`,
    `  API          ${run.hubUrl}/api/openapi.json   (bearer token: apiToken in ${state.runFile})`,
    `  Logs         ${state.log}`,
    '',
    `  Try it:      curl -d '{"name":"Ada"}' ${run.webhookUrl}`,
    '  Stop:        npm stop, or Ctrl-C where it was started',
    '',
  ];
  for (const line of lines) steps.line(line);
}

/** What a second start says. The sign-in link of the first may be used up by now, so the address is given without it. */
export function alreadyRunning(steps: Steps, pid: number, run: RunFile | undefined): void {
  if (!run) {
    steps.line(`  Nexomatic is being started or stopped already (process ${pid}).`);
    return;
  }
  steps.line(`  Nexomatic is running already (process ${pid}).`);
  steps.line(`  Dashboard    ${run.hubUrl}`);
  steps.line(`  Webhook      ${run.webhookUrl}`);
  steps.line('  Stop:        npm stop');
}
