import { getFormProps, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { displayName } from '@nexomatic/contracts/display-name';
import { emailSchema, newPasswordSchema } from '@nexomatic/contracts/people-api';
import { slugSchema } from '@nexomatic/contracts/tenant-slug';
import { Form, type MetaFunction, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/server-runtime';
import { type FormEvent, useRef } from 'react';
import { z } from 'zod';
import { CheckboxField } from '../components/form/checkbox-field.tsx';
import { refuseForm } from '../components/form/form-reply.server.ts';
import { TextField } from '../components/form/text-field.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { hubTry } from '../frame/hub-call.server.ts';
import { pageTitle } from '../frame/page-title.ts';
import { EntranceButton, EntrancePage } from '../people/entrance-page.tsx';
import { HubCommand } from '../people/new-link.tsx';
import { PasswordField } from '../people/password-field.tsx';
import { slugOf } from '../people/slug-of.ts';

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, 'Set up');

/** Reading the link changes nothing; only the form's POST uses it up. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? '';
  const state = await context.entrance.setupLink(token);
  if (state === 'done') throw redirect('/login');
  // Only whoever may set it up is told anything of the keyring.
  return state === 'open' ? { token, keyring: context.entrance.keyringFingerprint } : { token: null, keyring: '' };
}

const schema = z.object({
  token: z.string(),
  name: displayName,
  email: emailSchema,
  password: newPasswordSchema,
  tenantName: displayName,
  tenantSlug: slugSchema,
  keyringKept: z.literal('on', 'Make the copy first: it can not be made once the file is lost.'),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const submission = parseWithZod(await request.formData(), { schema });
  if (submission.status !== 'success') return refuseForm(submission);
  const { token, keyringKept: _, ...first } = submission.value;
  const set = await hubTry(context, () => context.entrance.setUp(token, first));
  if (set.problem) return refuseForm(submission, set.problem, Object.keys(schema.shape));
  return redirect(set.done ? `/t/${first.tenantSlug}` : '/setup');
}

export default function Setup() {
  const { token, keyring } = useLoaderData<typeof loader>();
  return token === null ? <Closed /> : <SetupForm token={token} keyring={keyring} />;
}

function SetupForm({ token, keyring }: { token: string; keyring: string }) {
  const reply = useActionData<typeof action>();
  const busy = useNavigation().formMethod !== undefined;
  const [form, fields] = useForm<z.input<typeof schema>>({
    id: 'setup',
    lastResult: reply?.result,
    constraint: {
      name: { required: true, maxLength: 100 },
      email: { required: true, maxLength: 254 },
      password: { required: true },
      tenantName: { required: true, maxLength: 100 },
      tenantSlug: { required: true, maxLength: 63 },
    },
  });
  const suggestSlug = useSuggestedSlug();
  return (
    <EntrancePage
      title="Set up this hub"
      intro="You become its administrator and the owner of its first tenant. Others come by invitation."
    >
      <Form method="post" className="flex flex-col gap-6" onInput={suggestSlug} {...getFormProps(form)}>
        <ProblemBanner problem={reply?.problem} />
        <input type="hidden" name="token" value={token} />
        <fieldset className="entrance-group">
          <legend>You</legend>
          <TextField field={fields.name} label="Name" autoComplete="name" autoFocus />
          <TextField
            field={fields.email}
            label="E-mail address"
            type="email"
            autoComplete="username"
            help="You sign in with it."
          />
          <PasswordField field={fields.password} label="Password" use="new" />
        </fieldset>
        <fieldset className="entrance-group">
          <legend>First tenant</legend>
          <TextField
            field={fields.tenantName}
            label="Name"
            autoComplete="organization"
            help="A team, a customer, a department: its events, people and secrets are walled off from other tenants."
          />
          <TextField field={fields.tenantSlug} label="In addresses" code help="Pages are at /t/ and this. It stays." />
        </fieldset>
        <fieldset className="entrance-group">
          <legend>Keyring</legend>
          <p className="text-muted text-sm">
            All secrets of this hub are sealed by its root key, which stands in the file that{' '}
            <code>NEXOMATIC_KEYRING_FILE</code> gives and in no database. Without it nothing opens them again, and the
            hub does not start. Copy the file to a safe place, apart from backups of the database.
          </p>
          <p className="text-muted text-sm">
            Fingerprint: <code className="break-all">{keyring}</code>
          </p>
          <CheckboxField field={fields.keyringKept} label="I keep a copy of it in a safe place" />
        </fieldset>
        <EntranceButton busy={busy} word="Set up" busyWord="Setting up…" />
      </Form>
    </EntrancePage>
  );
}

/** Fills in the tenant's address from its name, until somebody writes one themselves. */
function useSuggestedSlug() {
  const own = useRef(false);
  return ({ currentTarget, target }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === 'tenantSlug') own.current = target.value !== '';
    const slug = currentTarget.elements.namedItem('tenantSlug');
    if (target.name === 'tenantName' && !own.current && slug instanceof HTMLInputElement)
      slug.value = slugOf(target.value);
  };
}

function Closed() {
  return (
    <EntrancePage
      title="This setup link no longer works"
      intro="A setup link works once, within an hour, and until a newer one is printed."
    >
      <HubCommand title="Print a new link" command="node apps/hub/server/main.ts setup-link">
        Open what it prints in this browser.
      </HubCommand>
    </EntrancePage>
  );
}
