import type { Scheme } from '@nexomatic/contracts/verification';

export interface SchemeWords {
  word: string;
  /** One sentence for whoever chooses: how its sender proves itself. */
  help: string;
  /** What the secret is called where the sender shows or takes it; null where there is none. */
  secret: string | null;
  /** Where the secret comes from, and its form. */
  secretFrom: string;
  /** What a good signature vouches for. */
  covers: string;
  /** What keeps a request that was recorded from being sent again. */
  replay: string;
  /** Where the sender puts its delivery id; null where it sends none. */
  deliveryId: string | null;
}

const byTime = 'The signed time: a request is refused once it is older than the tolerance.';
const byId = (where: string): string => `No time is signed. A repeat is told by ${where} alone.`;

/** What each scheme is called and what it needs, for people. Formats: `packages/signature/src/schemes/`. */
export const schemeWords: Record<Scheme, SchemeWords> = {
  github: {
    word: 'GitHub',
    help: 'Signs the body with a secret that you make up: X-Hub-Signature-256.',
    secret: 'Secret',
    secretFrom: 'Make one here and paste it into the field “Secret” of the webhook on GitHub.',
    covers: 'The body. Headers such as X-GitHub-Event are not signed.',
    replay: byId('X-GitHub-Delivery'),
    deliveryId: 'X-GitHub-Delivery',
  },
  stripe: {
    word: 'Stripe',
    help: 'Signs time and body with the endpoint’s own secret: Stripe-Signature.',
    secret: 'Signing secret',
    secretFrom: 'Stripe makes it: reveal it on the endpoint’s page. It begins with whsec_ and is taken whole.',
    covers: 'The body and the time.',
    replay: byTime,
    deliveryId: 'id in the body',
  },
  slack: {
    word: 'Slack',
    help: 'Signs time and body with the app’s signing secret: X-Slack-Signature.',
    secret: 'Signing secret',
    secretFrom: 'Slack makes it: “Basic Information”, “App Credentials” of the app.',
    covers: 'The body and the time.',
    replay: byTime,
    deliveryId: 'event_id in the body',
  },
  shopify: {
    word: 'Shopify',
    help: 'Signs the body with the app’s client secret: X-Shopify-Hmac-Sha256.',
    secret: 'Client secret',
    secretFrom: 'Shopify makes it: the client secret of the app, or the key shown under “Notifications”, “Webhooks”.',
    covers: 'The body. Headers such as X-Shopify-Topic are not signed.',
    replay: byId('X-Shopify-Webhook-Id'),
    deliveryId: 'X-Shopify-Webhook-Id',
  },
  gitlab_token: {
    word: 'GitLab, secret token',
    help: 'Sends a secret that you make up along with each request: X-Gitlab-Token.',
    secret: 'Secret token',
    secretFrom: 'Make one here and paste it into the field “Secret token” of the webhook on GitLab.',
    covers: 'Nothing: the token is shown, not used to sign. Prefer a signing token where your GitLab has them.',
    replay: byId('Idempotency-Key'),
    deliveryId: 'Idempotency-Key, or webhook-id',
  },
  twilio: {
    word: 'Twilio',
    help: 'Signs the address and the fields of the form with the auth token: X-Twilio-Signature.',
    secret: 'Auth token',
    secretFrom: 'Twilio makes it: the primary auth token of the account that sends.',
    covers: 'The address and the body. The address must be the one that Twilio calls.',
    replay: byId('I-Twilio-Idempotency-Token'),
    deliveryId: 'I-Twilio-Idempotency-Token',
  },
  x: {
    word: 'X',
    help: 'Signs the body with the app’s consumer secret and asks for a challenge to be answered.',
    secret: 'Consumer secret',
    secretFrom: 'X makes it: “Keys and tokens” of the app in the developer portal.',
    covers: 'The body.',
    replay: 'No time is signed and no delivery id is sent: choose a member of the body that tells repeats.',
    deliveryId: null,
  },
  standard_webhooks: {
    word: 'Standard Webhooks',
    help: 'Signs id, time and body: webhook-signature, or svix-signature. Also GitLab’s signing tokens.',
    secret: 'Signing secret',
    secretFrom:
      'The sender shows it: whsec_ and base64. A public key, whpk_ and base64, is taken as well. For a sender of your own, make one here.',
    covers: 'The body, the id and the time.',
    replay: byTime,
    deliveryId: 'webhook-id, or svix-id',
  },
  hmac: {
    word: 'HMAC of another kind',
    help: 'Signs with a shared secret in a way that you describe: header, algorithm, what is signed.',
    secret: 'Shared secret',
    secretFrom: 'Paste what the sender shows, or make one here and give it to the sender.',
    covers: 'What the template names.',
    replay: 'The signed time, where the template holds {timestamp}.',
    deliveryId: 'the header of the id, where one is named',
  },
  token: {
    word: 'Token or API key',
    help: 'Sends a secret along with each request: Authorization: Bearer, or a header of its own.',
    secret: 'Token',
    secretFrom: 'Make one here and give it to the sender.',
    covers: 'Nothing: whoever has seen one request can make others.',
    replay: 'Nothing, unless the sender sends an id.',
    deliveryId: 'ce-source and ce-id of CloudEvents',
  },
  basic: {
    word: 'User and password',
    help: 'Sends user and password along with each request: Authorization: Basic.',
    secret: 'user:password',
    secretFrom: 'Make one here, or write user, colon and password.',
    covers: 'Nothing: whoever has seen one request can make others.',
    replay: 'Nothing, unless the sender sends an id.',
    deliveryId: 'ce-source and ce-id of CloudEvents',
  },
  none: {
    word: 'No authentication',
    help: 'Takes every request. The address alone is what keeps others out.',
    secret: null,
    secretFrom: '',
    covers: 'Nothing.',
    replay: 'Nothing, unless the sender sends an id.',
    deliveryId: 'ce-source and ce-id of CloudEvents',
  },
};

/** In the order in which they are offered: senders by name, then forms that many senders use, then none. */
export const offeredSchemes = Object.keys(schemeWords) as Scheme[];

/** Whether the secret may be made here; the others' senders make their own. */
export const makesOwnSecret = (scheme: Scheme): boolean =>
  ['github', 'gitlab_token', 'standard_webhooks', 'hmac', 'token', 'basic'].includes(scheme);
