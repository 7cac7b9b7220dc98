import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type SourceSettings, schemesOfBodyAlone } from '@nexomatic/contracts/source-settings';
import type { Verification } from '@nexomatic/contracts/verification';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';
import { parseRange } from '@nexomatic/signature/address-list';

interface Fault {
  path: string;
  message: string;
}

/** Refuses settings that could not work, naming each field: what a schema alone can not see. */
export async function checkSettings(em: EntityManager, settings: SourceSettings): Promise<void> {
  const errors = [
    ...rangeFaults(settings),
    ...templateFaults(settings.verification),
    ...headerConditionFaults(settings),
    ...(await routeTargetFaults(em, settings)),
  ];
  if (errors.length === 0) return;
  throw new NexomaticError('unprocessable', 'The settings can not be saved like this; see errors.', { errors });
}

function rangeFaults({ allowedAddresses }: SourceSettings): Fault[] {
  return allowedAddresses.flatMap((range, i) =>
    parseRange(range)
      ? []
      : [{ path: `settings.allowedAddresses[${i}]`, message: 'not an address or range such as 192.0.2.0/24' }],
  );
}

/** What a template names must be there to be put in. */
function templateFaults(verification: Verification): Fault[] {
  if (verification.scheme !== 'hmac') return [];
  const { template, timestampHeader, idHeader } = verification;
  const path = 'settings.verification.template';
  return [
    ...(template.includes('{timestamp}') && timestampHeader === null
      ? [{ path, message: 'names {timestamp}, and no header is named that holds it' }]
      : []),
    ...(template.includes('{id}') && idHeader === null
      ? [{ path, message: 'names {id}, and no header is named that holds it' }]
      : []),
  ];
}

function headerConditionFaults({ verification, routing }: SourceSettings): Fault[] {
  if (routing.trustUnsigned) return [];
  const covered = coveredHeaders(verification);
  if (covered === 'all') return [];
  return routing.routes.flatMap(({ when }, i) =>
    when.flatMap((condition, j) =>
      condition.in === 'header' && !covered.includes(condition.at.toLowerCase())
        ? [{ path: `settings.routing.routes[${i}].when[${j}].at`, message: notCovered(condition.at) }]
        : [],
    ),
  );
}

const notCovered = (header: string): string =>
  `the signature does not cover the header ${header}, so anybody who repeats a request could change it; use the body, or allow unsigned headers to decide`;

/**
 * The headers that a valid signature vouches for. Where a credential is shown, whoever has it wrote all of them; where nothing
 * is asked for, no part of a request is better than another.
 */
function coveredHeaders(verification: Verification): string[] | 'all' {
  if (!schemesOfBodyAlone.some((scheme) => scheme === verification.scheme)) return 'all';
  if (verification.scheme === 'standard_webhooks') {
    return ['webhook-id', 'webhook-timestamp', 'svix-id', 'svix-timestamp'];
  }
  if (verification.scheme === 'slack') return ['x-slack-request-timestamp'];
  if (verification.scheme !== 'hmac') return [];
  const { template, timestampHeader, idHeader } = verification;
  return [
    template.includes('{timestamp}') ? timestampHeader : null,
    template.includes('{id}') ? idHeader : null,
  ].flatMap((header) => header?.toLowerCase() ?? []);
}

async function routeTargetFaults(em: EntityManager, { routing: { routes } }: SourceSettings): Promise<Fault[]> {
  if (routes.length === 0) return [];
  const wanted = [...new Set(routes.map(({ eventTypeId }) => eventTypeId))];
  const found = await em.find(EventType, { id: { $in: wanted } }, { fields: ['id'] });
  return routes.flatMap(({ eventTypeId }, i) =>
    found.some(({ id }) => id === eventTypeId)
      ? []
      : [{ path: `settings.routing.routes[${i}].eventTypeId`, message: 'no event type has this id' }],
  );
}
