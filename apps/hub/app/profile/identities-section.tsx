import type { Profile } from '@nexomatic/contracts/session-api';
import { FormSection } from '../components/form/form-section.tsx';
import { TimeText } from '../time/time-text.tsx';

/** The accounts of providers by which somebody may sign in. */
export function IdentitiesSection({ identities }: { identities: Profile['identities'] }) {
  if (identities.length === 0) return null;
  return (
    <FormSection
      title="Single sign-on"
      description="Accounts elsewhere that open this one. They were linked when you signed in."
    >
      <ul aria-label="Linked accounts">
        {identities.map(({ issuer, createdAt }) => (
          <li key={`${issuer} ${createdAt}`} className="session-row">
            <span className="break-all font-medium text-sm">{issuer}</span>
            <span className="text-muted text-xs">
              linked <TimeText at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </FormSection>
  );
}
