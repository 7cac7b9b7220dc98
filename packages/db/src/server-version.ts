/** What the server says it is, and whether it can do what the schema and the statements need. */
export interface ServerVersion {
  flavour: 'mariadb' | 'mysql';
  version: string;
}

/** CHECK constraints are enforced from MySQL 8.0.16 on; MariaDB is tested from 10.11 on. */
const oldest = { mariadb: [10, 11, 0], mysql: [8, 0, 16] } as const;

/** Reads the answer to `SELECT VERSION()`, for example `10.11.19-MariaDB-0+deb12u1` or `8.4.3`. */
export function parseServerVersion(text: string): ServerVersion {
  const flavour = /mariadb/i.test(text) ? 'mariadb' : 'mysql';
  // Old replication clients made MariaDB put `5.5.5-` in front.
  const version = text.replace(/^5\.5\.5-(?=1\d\.)/, '').match(/^\d+\.\d+\.\d+/)?.[0];
  if (version === undefined) throw new Error(`the database server gave a version that is not understood: ${text}`);
  return { flavour, version };
}

/** Throws for a server that is too old, naming the version that is needed. */
export function assertSupported({ flavour, version }: ServerVersion): void {
  const needed = oldest[flavour];
  const parts = version.split('.').map(Number);
  for (const [i, least] of needed.entries()) {
    const part = parts[i] ?? 0;
    if (part > least) return;
    if (part < least) {
      const product = flavour === 'mariadb' ? 'MariaDB' : 'MySQL';
      throw new Error(`${product} ${version} is too old: ${product} ${needed.join('.')} or newer is needed`);
    }
  }
}
