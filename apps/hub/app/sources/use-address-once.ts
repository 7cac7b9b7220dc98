import { useLocation, useNavigate, useParams } from '@remix-run/react';
import { useEffect, useState } from 'react';

/**
 * The address of the source that the page shows, in full, for as long as its page is open: handed over by the page before, or
 * answered to a form of this one. It is taken out of the browser's history at once, so that neither going back nor opening
 * the window again shows it a second time.
 */
export function useAddressOnce(answered: string | null): string | null {
  const { id = '' } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const handed = addressIn(location.state);
  const fresh = answered ?? handed;
  const [known, setKnown] = useState({ id, address: fresh });
  if (fresh !== null && (known.address !== fresh || known.id !== id)) setKnown({ id, address: fresh });
  useEffect(() => {
    if (handed === null) return;
    navigate(`${location.pathname}${location.search}`, { replace: true, state: null, preventScrollReset: true });
  }, [handed, location, navigate]);
  return known.id === id ? known.address : fresh;
}

function addressIn(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('address' in state)) return null;
  return typeof state.address === 'string' ? state.address : null;
}
