import { useEffect, useLayoutEffect } from 'react';

/** An effect that has run by the time what it belongs to can be seen. The server, which paints nothing, would warn of it. */
export const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect;
