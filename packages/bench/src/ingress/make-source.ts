import { createHmac, randomBytes } from 'node:crypto';
import type { RunFile } from '@nexomatic/cli/dev/run-file';

/** A source that demands GitHub's signature; its events wait for a sink that never comes, so that only ingress is measured. */
export interface SignedSource {
  id: string;
  path: string;
  /** The headers of a request with this body. */
  sign(body: string): Record<string, string>;
}

export async function makeSignedSource({
  hubUrl,
  apiToken,
}: Pick<RunFile, 'hubUrl' | 'apiToken'>): Promise<SignedSource> {
  async function create(path: string, body: object): Promise<{ id: string; address?: string }> {
    const response = await fetch(`${hubUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST ${path} was answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { id: string; address?: string };
  }
  const secret = randomBytes(24).toString('base64url');
  const sinkType = await create('/sink-types', { name: 'BENCH', runtime: 'CUSTOM' });
  const action = await create('/actions', { name: 'bench', module: 'bench.run' });
  const eventType = await create('/event-types', { name: 'bench', actionId: action.id, sinkTypeId: sinkType.id });
  const source = await create('/sources', {
    kind: 'WEBHOOK',
    name: 'bench',
    eventTypeId: eventType.id,
    settings: {
      verification: { scheme: 'github' },
      dedupe: { by: 'none' },
      limits: { perSecond: 100_000, burst: 100_000 },
    },
  });
  await create(`/sources/${source.id}/secrets`, { value: secret });
  return {
    id: source.id,
    path: new URL(source.address ?? '').pathname,
    sign: (body) => ({ 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
  };
}
