import type { Join } from '@nexomatic/contracts/enrolment-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import type { JoinToken } from '@nexomatic/db/entities/join-token';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';

/** Machines of one name, for example pods of one image, that are told apart by a number. */
const mostOfOneName = 1_000;

/**
 * The place that a machine gets: a new one, or that of a revoked sink whose very name the token gives. Only whoever made the
 * token can hand a name on: a machine that asks for one gets it when it is free.
 */
export async function placeOf(em: EntityManager, token: JoinToken, join: Join): Promise<Sink> {
  const asked = token.name ?? join.name;
  if (asked === undefined || asked === null) return newSink(em, token, await freeName(em, nameOfHost(join.hostname)));
  const holder = await em.findOne(Sink, { name: asked });
  if (!holder) return newSink(em, token, asked);
  const isVacant = !holder.signKey && !holder.tokenHash && holder.sinkTypeId === token.sinkTypeId;
  if (isVacant && token.name === asked) return holder;
  const fix = token.name ? 'make a join token with another name' : 'give another name: --name';
  throw new NexomaticError('conflict', `There is a sink ${asked} already; ${fix}.`, {
    errors: [{ path: 'name', message: 'another sink has this name already' }],
  });
}

function newSink(em: EntityManager, { tenantId, sinkTypeId }: JoinToken, name: string): Sink {
  // How many it runs at once, it says itself when it starts.
  return em.create(Sink, { tenantId, id: newId('sink'), name, sinkTypeId, slots: 1 });
}

async function freeName(em: EntityManager, name: string): Promise<string> {
  const taken = new Set((await em.find(Sink, {}, { fields: ['name'] })).map((sink) => sink.name));
  if (!taken.has(name)) return name;
  for (let number = 2; number <= mostOfOneName; number += 1) {
    const numbered = `${name}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
  throw new NexomaticError('conflict', `There are too many sinks named ${name}; give another name: --name.`);
}

/** What a machine calls itself, as a name of ours: other letters become dashes. */
function nameOfHost(hostname: string): string {
  const name = hostname.replaceAll(/[^A-Za-z0-9._:-]/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return name.slice(0, 90) || 'sink';
}
