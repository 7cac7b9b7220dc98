import { suspendedDetail } from '@nexomatic/contracts/suspended-detail';
import { BrandMark } from '../components/brand-mark.tsx';

/** For somebody who is signed in but belongs to no tenant, or to suspended ones alone. */
export function NoTenant({ suspended }: { suspended: readonly string[] }) {
  const [first] = suspended;
  return (
    <main className="mx-auto flex max-w-sm flex-col gap-4 px-4 py-24">
      <BrandMark size={28} />
      <h1 className="text-xl">{first ? `${first} is suspended` : 'You belong to no tenant yet'}</h1>
      <p className="text-muted">
        {first ? suspendedDetail(first) : 'Ask somebody who administers one to invite you, then reload this page.'}
      </p>
      <form method="post" action="/sign-out">
        <button type="submit" className="button">
          Sign out
        </button>
      </form>
    </main>
  );
}
