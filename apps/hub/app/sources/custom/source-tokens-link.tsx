import { Link, useParams } from '@remix-run/react';
import { KeyRound } from '../../components/icons.ts';
import { useMay } from '../../frame/use-may.ts';

/** The way to the credentials of a CUSTOM source, for those who may make them. */
export function SourceTokensLink({ id }: { id: string }) {
  const { tenant = '' } = useParams();
  if (!useMay()('tokens.write')) return null;
  return (
    <p className="mt-3 flex flex-wrap items-center gap-3 text-muted text-sm">
      A token of its own fires as this source and does nothing else.
      <Link to={`/t/${tenant}/sources/${id}/tokens`} className="button">
        <KeyRound size={14} aria-hidden="true" />
        Its tokens
      </Link>
    </p>
  );
}
