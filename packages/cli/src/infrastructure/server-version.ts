import { askServer } from './private-server.ts';

/**
 * Product and version of the database server that listens there, undefined when none is ready. Read from the
 * greeting of MySQL's protocol (the server speaks first), so that no client library and no password are needed.
 */
export async function databaseVersion(at: { port: number; host?: string }): Promise<string | undefined> {
  const greeting = await askServer(at, '', (answer) => answer.length > 5 && answer.indexOf(0, 5) > 0);
  if (!greeting || greeting[4] === 0xff) return undefined;
  const text = greeting.toString('latin1', 5, greeting.indexOf(0, 5)).replace(/^5\.5\.5-/, '');
  return /mariadb/i.test(text) ? `MariaDB ${text.split('-')[0]}` : `MySQL ${text}`;
}

/**
 * Product and version of the Redis or Valkey that listens there, undefined when none is ready. PING is refused while
 * the append-only file is being loaded, so `+PONG` means ready.
 */
export async function redisVersion(at: {
  port: number;
  host?: string;
  user?: string;
  password?: string;
}): Promise<string | undefined> {
  const login = at.password ? ['AUTH', ...(at.user ? [at.user] : []), at.password] : undefined;
  const hello = [login, ['INFO', 'server'], ['PING']]
    .filter((words) => words !== undefined)
    .map(command)
    .join('');
  const answer = await askServer(at, hello, (bytes) =>
    /\+PONG\r\n$|^-(?:LOADING|ERR|WRONGPASS|NOAUTH)/m.test(bytes.toString('latin1')),
  );
  const text = answer?.toString('latin1') ?? '';
  if (!text.includes('+PONG')) return undefined;
  const valkey = /^valkey_version:(\S+)/m.exec(text)?.[1];
  return valkey ? `Valkey ${valkey}` : `Redis ${/^redis_version:(\S+)/m.exec(text)?.[1] ?? 'of unknown version'}`;
}

/** A command in Redis's own protocol, which takes any character in a password. */
function command(words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}
