/** What a caller is known by, where that changes over time. */
export interface Credential {
  /** The token to send now. Throws `HubError` when none can be had. */
  get(): Promise<string>;
  /** Another token, after the hub refused this one; null when there is none. */
  renewed(refused: string): Promise<string | null>;
}

/** The token to send now. */
export const tokenOf = async (token: string | Credential): Promise<string> =>
  typeof token === 'string' ? token : token.get();
