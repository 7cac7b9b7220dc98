import { join } from 'node:path';
import { StepError, type Steps } from '../steps.mjs';
import { buildWebApp } from './build-web-app.ts';
import { checkPorts } from './check-ports.ts';
import { answersOk, type Component, componentFault, untilReady } from './component.ts';
import { keptEdgeKey, startEdge } from './edge.ts';
import { findServers, type Servers } from './find-servers.ts';
import { type Demo, type HubSettings, migrate, seedDemo, startHub } from './hub.ts';
import { keepRunning, type Restartable } from './keep-running.ts';
import { keptKeyring } from './keyring.ts';
import type { RunFile } from './run-file.ts';
import type { DevSettings } from './settings.ts';
import { sinkIsOnline, startSink } from './sink.ts';
import type { StartedParts } from './started-parts.ts';
import type { StateFolder } from './state-folder.ts';
import { stopLeftovers } from './supervisor.ts';
import { productVersions } from './versions.ts';

export interface StartContext {
  settings: DevSettings;
  state: StateFolder;
  steps: Steps;
  /** Takes each part as soon as it runs, so that a start that fails half-way is stopped as well. */
  parts: StartedParts;
  signal: AbortSignal;
}

/** A complete instance. */
export interface Running {
  /** What to write to the run file; another after a part was started again. */
  describe(): RunFile;
  /** Starts parts again that end by themselves; settles with the fault of one that can't be kept running. */
  keepRunning(onRestart: () => void): Promise<StepError>;
}

/** The order of a start: servers, pages, schema, demo data, hub, edge, sink. */
export async function startEverything(context: StartContext): Promise<Running> {
  const { settings, state, steps, parts, signal } = context;
  const hubUrl = `http://127.0.0.1:${settings.port}`;
  const edgeUrl = `http://127.0.0.1:${settings.edgePort}`;
  const leftovers = await stopLeftovers(state);
  if (leftovers.length > 0) steps.line(`  – An earlier run was cut off: its ${leftovers.join(', ')} was stopped.`);
  await checkPorts(settings);

  // The edge takes seconds to start and needs nothing of the others for that, so it starts beside them.
  const edgeKeys = keptEdgeKey(state);
  const edge = startEdge({ state, port: settings.edgePort, hubUrl, key: edgeKeys.key });
  parts.add(edge);
  const servers = await findServersAndBuild(context);

  const { database, redis, python, credentialsFile } = servers;
  const urls = { databaseUrl: database.url, redisUrl: redis.url, hubUrl, edgeUrl };
  const hubSettings: HubSettings = {
    ...urls,
    port: settings.port,
    edgeKeysFile: edgeKeys.file,
    keyringFile: keptKeyring(state),
    archiveFolder: join(state.root, 'archive'),
  };
  await steps.during('schema', 'migrating', () => migrate(hubSettings, state, signal), migrated);

  // Seeding and the hub's own start each take a second of one core, and neither needs the other.
  const hub = startHub(hubSettings, state);
  parts.add(hub);
  const ready = (component: Component, url: string) => untilReady(component, () => answersOk(`${url}/readyz`), signal);
  const [demo] = await Promise.all([
    steps.during('demo', 'seeding', () => seedDemo(hubSettings, state, credentialsFile, signal), seeded),
    steps.during(
      'hub',
      'starting',
      () => ready(hub, hubUrl),
      () => hubUrl,
    ),
  ]);
  await steps.during(
    'edge',
    'starting',
    () => ready(edge, edgeUrl),
    () => `${edgeUrl} (workerd)`,
  );

  const sink = startSink({ state, hubUrl, token: demo.sinkToken, python });
  parts.add(sink);
  const online = () => untilReady(sink, () => sinkIsOnline(sink), signal);
  await steps.during('sink', 'connecting', online, () => `demo-sink online, Python ${python.version}`);

  const components = [hub, edge, sink];
  const kept = restartables(components, servers);
  return {
    describe: () => describe({ hubUrl, edgeUrl, demo, servers, components }),
    keepRunning: (onRestart) =>
      Promise.race(kept.map((part) => keepRunning(part, { steps, stopping: parts.stopping, onRestart }))),
  };
}

/** On a new machine each takes a while, one of the network and the other of the cores. If one fails, both have ended. */
async function findServersAndBuild(context: StartContext): Promise<Servers> {
  const { steps, state, signal } = context;
  const giveUp = new AbortController();
  const giveUpOn = (error: unknown) => {
    giveUp.abort();
    throw error;
  };
  const build = buildWebApp(steps, state.logFile('build'), AbortSignal.any([signal, giveUp.signal]));
  const [servers, built] = await Promise.allSettled([findServers(context).catch(giveUpOn), build]);
  if (servers.status === 'rejected') throw servers.reason;
  if (built.status === 'rejected') throw built.reason;
  return servers.value;
}

const migrated = (applied: number) => (applied === 0 ? 'up to date' : `${applied} migrations applied`);
const seeded = ({ tenant }: Demo) => `tenant "${tenant}": 4 event types, 1 webhook, 1 schedule, 1 secret, 1 sink`;

function describe(parts: {
  hubUrl: string;
  edgeUrl: string;
  demo: Demo;
  servers: Servers;
  components: Component[];
}): RunFile {
  const { hubUrl, edgeUrl, demo, servers, components } = parts;
  const { database, redis, python } = servers;
  return {
    hubUrl,
    edgeUrl,
    tenant: demo.tenant,
    apiToken: demo.apiToken,
    webhookUrl: `${edgeUrl}/h/${demo.webhookKey}`,
    dashboardUrl: `${hubUrl}/login?token=${demo.loginToken}`,
    sinkId: demo.sinkId,
    database: database.url,
    redis: redis.url,
    versions: { ...productVersions(), database: database.version, redis: redis.version, python: python.version },
    pids: {
      supervisor: process.pid,
      ...Object.fromEntries(components.map(({ name, process: { pid } }) => [name, pid])),
      ...database.pids,
      ...redis.pids,
    },
  };
}

function restartables(components: Component[], { database, redis }: Servers): Restartable[] {
  const servers = Object.entries({ database, redis }).flatMap(([name, { restart }]) =>
    restart
      ? [{ name: name as 'database' | 'redis', ...restart, fault: (how: string) => new StepError(`${how}.`) }]
      : [],
  );
  const processes = components.map((component) => ({
    name: component.name,
    exited: () => component.process.exited,
    startAgain: () => component.startAgain(),
    fault: (how: string) => componentFault(component, how),
  }));
  return [...servers, ...processes];
}
