import { createContext } from 'react';

/** The page's script nonce. Known while the server renders; browsers hide nonces, so there it stays undefined. */
export const Nonce = createContext<string | undefined>(undefined);
