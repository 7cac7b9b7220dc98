import type { ErrorCode } from '@nexomatic/contracts/error-code';

/** A request that is not taken: what its sender is told, and what the owner of the source is. */
export interface Refused {
  kind: 'refused';
  code: ErrorCode;
  detail: string;
  headers: Record<string, string>;
  /** In one word; the code where its sender is told all. */
  cause: string;
  ownerDetail: string;
  /** Other settings would change nothing: its sender hung up or stalled. */
  regardless: boolean;
}

/** A refusal of that code; where no more is given, its owner is told what its sender is. */
export const refused = (code: ErrorCode, detail: string, more: Partial<Refused> = {}): Refused => ({
  kind: 'refused',
  code,
  detail,
  headers: {},
  cause: code,
  ownerDetail: detail,
  regardless: false,
  ...more,
});
