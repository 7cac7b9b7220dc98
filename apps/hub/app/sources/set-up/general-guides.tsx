import type { Guide } from './guide.ts';

const giveAddress = 'Give the sender the address of this source, to be called with POST and a body of JSON.';

/** Senders that follow a standard, or that you write yourself. */
export const generalGuides: readonly Guide[] = [
  {
    key: 'standard-webhooks',
    word: 'Standard Webhooks',
    schemes: ['standard_webhooks'],
    steps: () => [
      <>Where the sender asks for an endpoint, give it the address of this source.</>,
      <>
        Copy the endpoint’s signing secret (<code>whsec_…</code>, or a public key <code>whpk_…</code>) and add it under{' '}
        <strong>Verify</strong>. A sender of your own takes one that is made here.
      </>,
      <>
        Each request carries <code>webhook-id</code>, <code>webhook-timestamp</code> and <code>webhook-signature</code>,
        or the same three as <code>svix-…</code>. A retry keeps its id, so that it fires nothing twice.
      </>,
    ],
    programs: ({ address }) => [
      {
        word: 'standardwebhooks',
        code: `import { Webhook } from 'standardwebhooks';

const id = 'msg_1', time = new Date(), body = JSON.stringify({ name: 'Ada' });
await fetch('${address}', {
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
    'webhook-signature': new Webhook(process.env.SECRET).sign(id, time, body),
  },
  body,
});`,
      },
    ],
  },
  {
    key: 'own-hmac',
    word: 'Your sender',
    schemes: ['hmac'],
    steps: ({ verification: own }) =>
      own.scheme === 'hmac'
        ? [
            <>
              Add the secret under <strong>Verify</strong>; the key is{' '}
              {own.keyEncoding === 'text' ? 'its text as it stands' : `what its ${own.keyEncoding} stands for`}.
            </>,
            giveAddress,
            <>
              The sender signs <code>{own.template}</code> with HMAC-{own.algorithm.toUpperCase()} and sends it in{' '}
              {own.encoding} as <code>{own.header}</code>
              {own.prefix ? (
                <>
                  , after <code>{own.prefix}</code>
                </>
              ) : null}
              .
            </>,
            ...(own.timestampHeader
              ? [
                  <>
                    The time goes along as <code>{own.timestampHeader}</code>, in seconds since 1970; it may be{' '}
                    {own.toleranceSeconds} seconds off.
                  </>,
                ]
              : []),
            ...(own.idHeader
              ? [
                  <>
                    An id that stays the same when a request is repeated goes along as <code>{own.idHeader}</code>.
                  </>,
                ]
              : []),
          ]
        : [],
  },
  {
    key: 'token',
    word: 'Your sender',
    schemes: ['token', 'basic', 'none'],
    steps: ({ verification }) => [
      ...(verification.scheme === 'none'
        ? []
        : [
            <>
              Add {verification.scheme === 'basic' ? 'user and password' : 'a token'} under <strong>Verify</strong>, and
              give the same to the sender.
            </>,
          ]),
      giveAddress,
      verification.scheme === 'token' ? (
        <>
          Each request carries <code>{`${verification.header}: ${verification.prefix}TOKEN`}</code>.
        </>
      ) : verification.scheme === 'basic' ? (
        <>
          Each request carries them as <code>authorization: Basic …</code>, which every HTTP client does by itself.
        </>
      ) : (
        <>
          Whoever learns the address can send. Choose how the sender proves itself under <strong>Verify</strong> as soon
          as it can.
        </>
      ),
    ],
  },
  {
    key: 'event-grid',
    word: 'Event Grid, push',
    schemes: ['token', 'none'],
    steps: ({ verification }) => [
      <>
        On the topic in the Azure portal press <b>Event Subscription</b>. <b>Event Schema</b>: Event Grid Schema.{' '}
        <b>Endpoint Type</b>: Web Hook, and the address of this source as its endpoint.
      </>,
      verification.scheme === 'token' ? (
        <>
          <b>Delivery Properties</b>: a header <code>{verification.header}</code> of type Static, its value{' '}
          <code>{`${verification.prefix}TOKEN`}</code>, marked as secret.
        </>
      ) : (
        <>
          Event Grid does not sign. Choose <strong>Token or API key</strong> under <strong>Verify</strong>, and send the
          token as a delivery property.
        </>
      ),
      <>
        Event Grid asks whether the address wants its events; that is answered by itself. Each request holds a list of
        events, one unless batches are turned on.
      </>,
    ],
    programs: ({ address, verification }) => [
      {
        word: 'Azure CLI',
        code: `az eventgrid event-subscription create --name nexomatic \\
  --source-resource-id "$TOPIC_ID" --endpoint-type webhook --endpoint '${address}' \\
  --event-delivery-schema eventgridschema${deliveryToken(verification)}`,
      },
    ],
    lacks: ({ handshakes }) =>
      handshakes.eventGrid
        ? null
        : {
            words: 'Event Grid asks for a handshake before it sends, and this source does not answer it yet.',
            fix: { word: 'Answer Event Grid’s handshake', to: '../verify#handshakes' },
          },
  },
  {
    key: 'cloudevents',
    word: 'CloudEvents',
    schemes: ['token', 'none'],
    steps: ({ verification }) => [
      <>
        Give the sender the address of this source as its HTTP webhook. It asks with <code>OPTIONS</code> whether it may
        send; that is answered by itself.
      </>,
      <>
        {verification.scheme === 'token' ? (
          <>
            Each request carries <code>{`${verification.header}: ${verification.prefix}TOKEN`}</code> and{' '}
          </>
        ) : (
          'Each request carries '
        )}
        <code>application/cloudevents+json</code>, or the event’s parts as <code>ce-…</code> headers.
      </>,
      <>
        <code>ce-source</code> and <code>ce-id</code> tell repeats. From Event Grid, choose{' '}
        <b>Cloud Event Schema v1.0</b> when the subscription is made.
      </>,
    ],
    programs: ({ address, verification }) => [
      {
        word: 'Azure CLI',
        code: `az eventgrid event-subscription create --name nexomatic \\
  --source-resource-id "$TOPIC_ID" --endpoint-type webhook --endpoint '${address}' \\
  --event-delivery-schema cloudeventschemav1_0${deliveryToken(verification)}`,
      },
    ],
    lacks: ({ handshakes }) =>
      handshakes.cloudEvents
        ? null
        : {
            words:
              'Senders of CloudEvents may ask with OPTIONS before they send, and this source does not answer that yet.',
            fix: { word: 'Answer OPTIONS', to: '../verify#handshakes' },
          },
  },
];

const deliveryToken = (verification: Parameters<Guide['steps']>[0]['verification']): string =>
  verification.scheme === 'token'
    ? ` \\\n  --delivery-attribute-mapping ${verification.header} static "${verification.prefix}$SECRET" true`
    : '';
