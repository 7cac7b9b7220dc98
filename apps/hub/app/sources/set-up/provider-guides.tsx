import type { Guide } from './guide.ts';

const copied = 'Copy the address of this source into it.';
const addSecret = (what: string) => (
  <>
    Add {what} under <strong>Verify</strong>. It is kept sealed and never shown again.
  </>
);

/** Senders that have a page of their own for webhooks, in the words of that page. */
export const providerGuides: readonly Guide[] = [
  {
    key: 'github',
    word: 'GitHub',
    schemes: ['github'],
    steps: () => [
      addSecret('a secret, best one that is made here,'),
      <>
        On GitHub open the repository or organization: <b>Settings</b>, <b>Webhooks</b>, <b>Add webhook</b>.
      </>,
      <>
        <b>Payload URL</b>: {copied} <b>Content type</b>: <code>application/json</code>. <b>Secret</b>: the same as
        here.
      </>,
      <>
        Choose the events, leave SSL verification on, and press <b>Add webhook</b>. GitHub sends a <code>ping</code> at
        once: it is the first entry under <strong>Requests</strong>.
      </>,
    ],
    programs: ({ address }) => [
      {
        word: 'GitHub CLI',
        code: `gh api repos/OWNER/REPO/hooks -f name=web -F active=true -f 'events[]=push' \\
  -f 'config[url]=${address}' -f 'config[content_type]=json' -f "config[secret]=$SECRET"`,
      },
      {
        word: 'Terraform',
        code: `resource "github_repository_webhook" "nexomatic" {
  repository = "REPO"
  events     = ["push"]

  configuration {
    url          = "${address}"
    content_type = "json"
    secret       = var.webhook_secret
  }
}`,
      },
    ],
  },
  {
    key: 'stripe',
    word: 'Stripe',
    schemes: ['stripe'],
    steps: () => [
      <>
        In Stripe’s Workbench open <b>Webhooks</b> and press <b>Add destination</b>. Choose the events, then{' '}
        <b>Webhook endpoint</b>.
      </>,
      <>
        <b>Endpoint URL</b>: {copied}
      </>,
      <>
        On the page of the endpoint reveal its <b>Signing secret</b> (<code>whsec_…</code>). {addSecret('it')}
      </>,
      <>
        Send a test: <code>stripe trigger charge.succeeded</code>. It appears under <strong>Requests</strong>.
      </>,
    ],
    programs: ({ address }) => [
      {
        word: 'Stripe CLI',
        code: `# The answer holds the signing secret, this once.
stripe webhook_endpoints create -d "url=${address}" -d "enabled_events[]=charge.succeeded"`,
      },
    ],
  },
  {
    key: 'slack',
    word: 'Slack',
    schemes: ['slack'],
    steps: () => [
      <>
        On api.slack.com/apps open the app: <b>Basic Information</b>, <b>App Credentials</b>, <b>Signing Secret</b>.{' '}
        {addSecret('it')} Do this first: Slack’s check of the address is signed as well.
      </>,
      <>
        <b>Event Subscriptions</b>, <b>Enable Events</b>, <b>Request URL</b>: {copied} Its challenge is answered by
        itself, and Slack says <i>Verified</i>.
      </>,
      <>
        Subscribe to events, press <b>Save Changes</b>, and install the app again where Slack asks for it.
      </>,
      <>
        Slash commands and buttons send forms instead of JSON. To take them, turn on “Take any bytes” under{' '}
        <strong>Edit</strong>.
      </>,
    ],
  },
  {
    key: 'shopify',
    word: 'Shopify',
    schemes: ['shopify'],
    steps: () => [
      <>
        In the shop’s admin open <b>Settings</b>, <b>Notifications</b>, <b>Webhooks</b>, and press <b>Create webhook</b>
        .
      </>,
      <>
        <b>Format</b>: JSON. <b>URL</b>: {copied}
      </>,
      <>
        Under the list Shopify shows the key that webhooks are signed with. {addSecret('that key')} For webhooks of an
        app it is the app’s client secret.
      </>,
      <>
        Press <b>Send test</b>; it appears under <strong>Requests</strong>. Shopify gives up on an address that does not
        answer within five seconds: this one answers at once.
      </>,
    ],
    programs: ({ address }) => [
      {
        word: 'shopify.app.toml',
        code: `[[webhooks.subscriptions]]
topics = ["orders/create"]
uri = "${address}"`,
      },
    ],
  },
  {
    key: 'gitlab',
    word: 'GitLab',
    schemes: ['gitlab_token'],
    steps: () => [
      addSecret('a secret, best one that is made here,'),
      <>
        On GitLab open the project or group: <b>Settings</b>, <b>Webhooks</b>, <b>Add new webhook</b>.
      </>,
      <>
        <b>URL</b>: {copied} <b>Secret token</b>: the same as here.
      </>,
      <>
        Choose the triggers, leave SSL verification on, save, and press <b>Test</b>, <b>Push events</b>.
      </>,
    ],
    programs: ({ address }) => [
      {
        word: 'GitLab API',
        code: `curl -H "PRIVATE-TOKEN: $GITLAB_TOKEN" --data-urlencode 'url=${address}' \\
  --data-urlencode "token=$SECRET" -d push_events=true \\
  https://gitlab.example.com/api/v4/projects/PROJECT-ID/hooks`,
      },
    ],
  },
  {
    key: 'gitlab-signing',
    word: 'GitLab, signing token',
    schemes: ['standard_webhooks'],
    steps: () => [
      <>
        On GitLab open the project or group: <b>Settings</b>, <b>Webhooks</b>, <b>Add new webhook</b>.
      </>,
      <>
        <b>URL</b>: {copied}
      </>,
      <>
        Have GitLab make a <b>Signing token</b> (<code>whsec_…</code>); it is shown once. {addSecret('it')}
      </>,
      <>
        Choose the triggers, save, and press <b>Test</b>. Each request carries <code>webhook-id</code>,{' '}
        <code>webhook-timestamp</code> and <code>webhook-signature</code>.
      </>,
    ],
  },
  {
    key: 'twilio',
    word: 'Twilio',
    schemes: ['twilio'],
    steps: () => [
      <>
        In Twilio’s console copy the primary <b>Auth Token</b> of the account. {addSecret('it')}
      </>,
      <>
        Open <b>Phone Numbers</b>, <b>Active numbers</b>, the number, and under <b>A message comes in</b> choose{' '}
        <b>Webhook</b> and <b>HTTP POST</b>. {copied}
      </>,
      <>Leave the address as it is, without anything added: it is part of what Twilio signs.</>,
    ],
    lacks: ({ content }) =>
      content.raw
        ? null
        : {
            words: 'Twilio sends forms, and this source takes JSON alone: they are refused with 415.',
            fix: { word: 'Take any bytes', to: '../edit' },
          },
  },
  {
    key: 'x',
    word: 'X',
    schemes: ['x'],
    steps: () => [
      <>
        In X’s developer portal open the app: <b>Keys and tokens</b>, <b>Consumer secret</b>. {addSecret('it')}
      </>,
      <>
        Register the address with the call below. X asks for a challenge (<code>crc_token</code>) then, and every hour;
        it is answered by itself with the newest secret.
      </>,
    ],
    programs: ({ address }) => [
      {
        word: 'X API',
        code: `curl https://api.x.com/2/webhooks -H "authorization: Bearer $X_BEARER_TOKEN" \\
  -H 'content-type: application/json' -d '{"url":"${address}"}'`,
      },
    ],
  },
];
