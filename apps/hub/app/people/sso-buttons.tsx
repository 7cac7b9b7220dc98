import { LogIn } from '../components/icons.ts';

interface SsoButtonsProps {
  providers: readonly { id: string; label: string }[];
  next: string | null;
}

/** One way to each provider of single sign-on. Links, not a form: a form may not lead to another site (CSP). */
export function SsoButtons({ providers, next }: SsoButtonsProps) {
  const query = next ? `?next=${encodeURIComponent(next)}` : '';
  return (
    <div className="flex flex-col gap-2">
      {providers.map(({ id, label }) => (
        <a key={id} href={`/login/oidc/${id}${query}`} className="button h-9">
          <LogIn size={15} aria-hidden="true" />
          Continue with {label}
        </a>
      ))}
    </div>
  );
}

/** What stands between these and another way in. */
export const Or = () => (
  <p className="entrance-or">
    <span>or</span>
  </p>
);
