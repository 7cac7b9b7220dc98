import { useLocation, useNavigate } from '@remix-run/react';
import { useEffect, useState } from 'react';

/**
 * The address that the page before handed over, for as long as this page is open. It is taken out of the browser's history
 * at once, so that neither going back nor opening the window again shows it a second time.
 */
export function useAddressOnce(): string | null {
  const location = useLocation();
  const navigate = useNavigate();
  const handed = addressIn(location.state);
  const [address, setAddress] = useState(handed);
  useEffect(() => {
    if (handed === null) return;
    setAddress(handed);
    navigate(`${location.pathname}${location.search}`, { replace: true, state: null, preventScrollReset: true });
  }, [handed, location, navigate]);
  return address;
}

function addressIn(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('address' in state)) return null;
  return typeof state.address === 'string' ? state.address : null;
}
