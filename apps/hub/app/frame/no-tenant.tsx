import { BrandMark } from '../components/brand-mark.tsx';

/** For somebody who is signed in but belongs to no tenant. */
export function NoTenant() {
  return (
    <main className="mx-auto flex max-w-sm flex-col gap-4 px-4 py-24">
      <BrandMark size={28} />
      <h1 className="text-xl">You belong to no tenant yet</h1>
      <p className="text-muted">Ask an administrator of this hub to add you to one, then reload this page.</p>
      <form method="post" action="/sign-out">
        <button type="submit" className="button">
          Sign out
        </button>
      </form>
    </main>
  );
}
