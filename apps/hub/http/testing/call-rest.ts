import type { TestWeb } from './open-test-web.ts';

export interface RestAnswer {
  status: number;
  location: string | null;
  body: Record<string, unknown>;
}

/** Calls the REST API as the holder of the headers; gives the answer's JSON. */
export async function callRest(
  web: TestWeb,
  headers: Record<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<RestAnswer> {
  const response = await web.get(`/api/v1${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, location: response.headers.get('location'), body: text ? JSON.parse(text) : {} };
}

/** What the audit log holds of an object, oldest first. */
export async function auditOf({ services }: TestWeb, id: unknown) {
  const rows = await services.sql.query<{
    action: string;
    actor_kind: string;
    before: Buffer | null;
    after: Buffer | null;
  }>('SELECT action, actor_kind, `before`, after FROM audit_entries WHERE object_id = ? ORDER BY id', [String(id)]);
  const parsed = (json: Buffer | null): unknown => json && JSON.parse(json.toString());
  return rows.map((row) => ({
    action: row.action,
    actorKind: row.actor_kind,
    before: parsed(row.before),
    after: parsed(row.after),
  }));
}
