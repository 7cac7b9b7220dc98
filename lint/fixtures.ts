/** One small file for each rule: refused with exactly that finding, or allowed where the rule makes an exception. */
export interface Refused {
  what: string;
  path: string;
  code: string;
  rule: RegExp;
}

const line = (text: string) => `${text}\n`;
const manyLines = (count: number) => Array.from({ length: count }, (_, i) => `export const v${i} = ${i};\n`).join('');
const plugin = (text: string) => new RegExp(`^error plugin .*${text}`);

export const refused: Refused[] = [
  {
    what: 'the clock is read by packages/clock only',
    path: 'packages/queue/src/reads-date-now.ts',
    code: line('export const at = Date.now();'),
    rule: plugin('Only packages/clock'),
  },
  {
    what: 'a date of this moment is made by packages/clock only',
    path: 'apps/hub/app/makes-a-date.tsx',
    code: line('export const at = new Date();'),
    rule: plugin('Only packages/clock'),
  },
  {
    what: 'the steady clock is read by packages/clock only',
    path: 'apps/sink/src/reads-performance.ts',
    code: line('export const at = performance.now();'),
    rule: plugin('Only packages/clock'),
  },
  {
    what: 'MikroORM is imported by packages/db only',
    path: 'apps/hub/server/events/imports-orm.ts',
    code: line("export { EntityManager } from '@mikro-orm/core';"),
    rule: plugin('Only packages/db'),
  },
  {
    what: 'mysql2 is imported by packages/db only, types and sub-paths included',
    path: 'packages/testkit/src/imports-mysql.ts',
    code: line("export type { Pool } from 'mysql2/promise';"),
    rule: plugin('Only packages/db'),
  },
  {
    what: 'bullmq is imported by packages/queue only',
    path: 'apps/sink/src/imports-bullmq.ts',
    code: line("export { Worker } from 'bullmq';"),
    rule: plugin('Only packages/queue'),
  },
  {
    what: 'ioredis is imported by packages/queue only, lazily neither',
    path: 'apps/hub/server/dispatch/imports-ioredis.ts',
    code: line("export const load = () => import('ioredis');"),
    rule: plugin('Only packages/queue'),
  },
  {
    what: 'pino is imported by packages/logger only',
    path: 'apps/sink/src/imports-pino.ts',
    code: line("export { pino } from 'pino';"),
    rule: plugin('Only packages/logger'),
  },
  {
    what: 'libsodium and noble are imported by packages/sealing only',
    path: 'apps/sink/src/imports-noble.ts',
    code: line("export { x25519 } from '@noble/curves/ed25519.js';"),
    rule: plugin('Only packages/sealing'),
  },
  {
    what: 'the libraries of blob stores are imported by packages/blob-store only, lazily neither',
    path: 'apps/hub/server/archive/imports-s3.ts',
    code: line("export const load = () => import('@aws-sdk/client-s3');"),
    rule: plugin('Only packages/blob-store'),
  },
  {
    what: 'ids are made by packages/contracts only',
    path: 'packages/db/src/imports-uuid.ts',
    code: line("export { v7 } from 'uuid';"),
    rule: plugin('Only packages/contracts'),
  },
  {
    what: 'the sink never touches the database',
    path: 'apps/sink/src/imports-db.ts',
    code: line("export { openDatabase } from '@nexomatic/db/database';"),
    rule: plugin('The edge and the sink'),
  },
  {
    what: 'the edge never touches the database',
    path: 'workers/edge/src/imports-db.ts',
    code: line("export type { Database } from '@nexomatic/db/database';"),
    rule: plugin('The edge and the sink'),
  },
  {
    what: 'server/ never imports app/',
    path: 'apps/hub/server/events/imports-app.ts',
    code: line("export { format } from '../../app/time/format.ts';"),
    rule: plugin('server/ holds the rules'),
  },
  {
    what: 'server/ never imports http/',
    path: 'apps/hub/server/auth/imports-http.ts',
    code: line("export { serve } from '../../http/serve.ts';"),
    rule: plugin('server/ holds the rules'),
  },
  {
    what: 'app/ imports no code of server/',
    path: 'apps/hub/app/events/imports-server.ts',
    code: line("export { listEvents } from '#server/events/list-events.ts';"),
    rule: plugin('app/ holds no rules'),
  },
  {
    what: 'app/ loads no code of server/ lazily',
    path: 'apps/hub/app/events/loads-server.ts',
    code: line("export const load = () => import('../../server/events/list-events.ts');"),
    rule: plugin('app/ holds no rules'),
  },
  {
    what: 'transport never touches the database',
    path: 'apps/hub/http/imports-db.ts',
    code: line("export { openDatabase } from '@nexomatic/db/database';"),
    rule: plugin('Transport and screens'),
  },
  {
    what: 'what runs in workerd or a browser imports no Node module',
    path: 'packages/contracts/src/imports-node.ts',
    code: line("export { createHash } from 'node:crypto';"),
    rule: plugin('Web APIs only'),
  },
  {
    what: 'no folder for odds and ends',
    path: 'apps/hub/server/utils/anything.ts',
    code: line('export const anything = 1;'),
    rule: plugin('A folder is named'),
  },
  {
    what: 'the environment is read in env.ts only',
    path: 'apps/hub/server/auth/reads-environment.ts',
    code: line('export const level = process.env.LEVEL;'),
    rule: /noProcessEnv/,
  },
  {
    what: 'a file has at most 300 lines',
    path: 'packages/db/src/too-long.ts',
    code: manyLines(301),
    rule: /noExcessiveLinesPerFile/,
  },
  {
    what: 'no any',
    path: 'packages/db/src/has-any.ts',
    code: line('export const parse = (input: any) => input;'),
    rule: /noExplicitAny/,
  },
  {
    what: 'no non-null assertion',
    path: 'packages/db/src/has-non-null.ts',
    code: line('export const first = (list: string[]) => list[0]!;'),
    rule: /noNonNullAssertion/,
  },
  {
    what: 'no default export outside the files that a framework reads',
    path: 'packages/db/src/has-default-export.ts',
    code: line('export default 1;'),
    rule: /noDefaultExport/,
  },
  {
    what: 'no floating promise',
    path: 'packages/db/src/floats.ts',
    code: [
      'async function save(): Promise<void> {',
      '  await Promise.resolve();',
      '}',
      'export function go(): void {',
      '  save();',
      '}',
      '',
    ].join('\n'),
    rule: /noFloatingPromises/,
  },
  {
    what: 'no console',
    path: 'packages/db/src/prints.ts',
    code: line("console.log('hello');"),
    rule: /noConsole/,
  },
  {
    what: 'no empty catch',
    path: 'packages/db/src/swallows.ts',
    code: line('try {\n  JSON.parse("");\n} catch {}'),
    rule: /noEmptyBlockStatements/,
  },
  {
    what: 'types are imported as types',
    path: 'packages/db/src/imports-a-type.ts',
    code: line("import { Logger } from '@nexomatic/logger';\nexport const use = (logger: Logger) => logger;"),
    rule: /useImportType/,
  },
  {
    what: 'every case of a closed union is answered',
    path: 'packages/db/src/forgets-a-case.ts',
    code: line(
      "export function code(outcome: 'accepted' | 'refused'): number {\n  switch (outcome) {\n    case 'accepted':\n      return 202;\n  }\n  return 0;\n}",
    ),
    rule: /useExhaustiveSwitchCases/,
  },
  {
    what: 'no focused test',
    path: 'packages/db/src/focused.test.ts',
    code: line("import { expect, test } from 'vitest';\n\ntest.only('one', () => expect(1).toBe(1));"),
    rule: /noFocusedTests/,
  },
  {
    what: 'file names are lower case with hyphens',
    path: 'packages/db/src/OddName.ts',
    code: line('export const odd = 1;'),
    rule: /useFilenamingConvention/,
  },
];

export const allowed: Omit<Refused, 'rule'>[] = [
  {
    what: 'the clock itself',
    path: 'packages/clock/src/clock.ts',
    code: line('export const now = () => Date.now();'),
  },
  {
    what: 'a date of a given instant',
    path: 'packages/db/src/given-date.ts',
    code: line('export const date = (at: number) => new Date(at);'),
  },
  {
    what: 'the database package',
    path: 'packages/db/src/orm.ts',
    code: line("export { EntityManager } from '@mikro-orm/core';"),
  },
  {
    what: 'types of server/ in app/',
    path: 'apps/hub/app/types-of-server.ts',
    code: line("import type { AppRouter } from '#server/trpc/router.ts';\nexport type Router = AppRouter;"),
  },
  {
    what: 'types of the database in transport',
    path: 'apps/hub/http/types-of-db.ts',
    code: line("import type { Database } from '@nexomatic/db/database';\nexport type Db = Database;"),
  },
  {
    what: 'the entry of the hub brings server/ and http/ together',
    path: 'apps/hub/server/main.ts',
    code: line("export { serve } from '../http/serve.ts';"),
  },
  {
    what: 'the environment in env.ts',
    path: 'apps/sink/src/env.ts',
    code: line('export const level = process.env.LEVEL;'),
  },
  {
    what: 'a route of the framework',
    path: 'apps/hub/app/routes/t.$tenant._index.tsx',
    code: line('export default function Page() {\n  return null;\n}'),
  },
  { what: '300 lines', path: 'packages/db/src/long-enough.ts', code: manyLines(300) },
  {
    what: 'a catch that says why it does nothing',
    path: 'packages/db/src/explains.ts',
    code: line('try {\n  JSON.parse("");\n} catch {\n  // nothing to read: the default stays\n}'),
  },
];
