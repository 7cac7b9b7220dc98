import type { SourceSecretSummary } from '@nexomatic/contracts/request-api';
import type { Scheme } from '@nexomatic/contracts/verification';
import { useSubmit } from '@remix-run/react';
import { useState } from 'react';
import { Badge } from '../../components/badge.tsx';
import { Explain } from '../../components/explain.tsx';
import { CircleCheck, Clock, KeyRound, Plus } from '../../components/icons.ts';
import { DangerDialog } from '../../components/overlay/danger-dialog.tsx';
import { MenuButton } from '../../components/overlay/menu-button.tsx';
import { TimeText } from '../../time/time-text.tsx';
import { AddSecretDialog } from './add-secret-dialog.tsx';
import { schemeWords } from './scheme-words.ts';

const rests = [
  { hours: 1, word: 'an hour' },
  { hours: 24, word: 'a day' },
  { hours: 168, word: 'a week' },
];

interface SecretListProps {
  scheme: Scheme;
  secrets: readonly SourceSecretSummary[];
  mayWrite: boolean;
}

/** The live secrets of a source, newest first: which one senders use, and until when the old ones go on. */
export function SecretList({ scheme, secrets, mayWrite }: SecretListProps) {
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<SourceSecretSummary | null>(null);
  const submit = useSubmit();
  const retire = (id: string, hours: number) =>
    submit({ intent: 'retire-secret', secret: id, hours }, { method: 'post', preventScrollReset: true });
  const { word, secret } = schemeWords[scheme];
  return (
    <section className="card secret-list" aria-labelledby="secrets-title">
      <div className="secret-list-head">
        <div className="min-w-0">
          <h2 id="secrets-title" className="text-base">
            Secrets
          </h2>
          <p className="text-muted text-sm">
            {secret === null
              ? 'None is asked for while the source takes every request.'
              : `${word} calls it “${secret}”. Any that is live is accepted, so that it can be replaced without a gap.`}
          </p>
        </div>
        {mayWrite && secret !== null ? (
          <button
            type="button"
            className={secrets.length === 0 ? 'button-primary' : 'button'}
            onClick={() => setAdding(true)}
          >
            <Plus size={14} aria-hidden="true" />
            {secrets.length === 0 ? 'Add a secret' : 'Replace'}
          </button>
        ) : null}
      </div>
      {secrets.length === 0 && secret !== null ? (
        <div className="secret-list-empty">
          <Explain warning>There is no secret yet, so every request is refused with 401.</Explain>
        </div>
      ) : null}
      {secrets.length > 0 ? (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">Secret</th>
              <th scope="col">State</th>
              <th scope="col">Last used</th>
              <th scope="col">Added</th>
              {mayWrite ? (
                <th scope="col">
                  <span className="sr-only">Actions</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {secrets.map((one, index) => (
              <tr key={one.id}>
                <th scope="row">
                  <span className="inline-flex items-center gap-2">
                    <KeyRound size={14} aria-hidden="true" className="text-faint" />
                    <code>••••{one.hint}</code>
                    {index === 0 && secrets.length > 1 ? <Badge tone="info">newest</Badge> : null}
                  </span>
                </th>
                <td data-label="State">
                  <SecretState retiresAt={one.retiresAt} />
                </td>
                <td data-label="Last used">
                  {one.lastUsedAt ? <TimeText at={one.lastUsedAt} /> : <span className="text-faint">never</span>}
                </td>
                <td data-label="Added">
                  <TimeText at={one.createdAt} />
                </td>
                {mayWrite ? (
                  <td className="text-right">
                    <MenuButton
                      label={`Actions for the secret that ends in ${one.hint}`}
                      entries={[
                        ...rests.map(({ hours, word }) => ({
                          label: `Accept for ${word} more`,
                          onSelect: () => retire(one.id, hours),
                        })),
                        { label: 'Revoke now', danger: true, separated: true, onSelect: () => setEnding(one) },
                      ]}
                    />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <AddSecretDialog open={adding} onOpenChange={setAdding} scheme={scheme} live={secrets.length} />
      <DangerDialog
        open={ending !== null}
        onOpenChange={(open) => !open && setEnding(null)}
        title="Revoke this secret?"
        word="Revoke"
        fields={{ intent: 'revoke-secret', secret: ending?.id ?? '' }}
      >
        {secrets.length === 1
          ? 'It is the only one: every request is refused from then on, until another is added. '
          : 'Requests that were signed with it are refused from then on. '}
        {ending?.lastUsedAt ? (
          <>
            It was last used <TimeText at={ending.lastUsedAt} />.
          </>
        ) : (
          'It was never used.'
        )}
      </DangerDialog>
    </section>
  );
}

const SecretState = ({ retiresAt }: { retiresAt: string | null }) =>
  retiresAt === null ? (
    <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
      live
    </Badge>
  ) : (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <Badge tone="warning" icon={<Clock size={12} aria-hidden="true" />}>
        retiring
      </Badge>
      <TimeText at={retiresAt} />
    </span>
  );
