import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import type { Scheme, Verification } from '@nexomatic/contracts/verification';
import type { ReactNode } from 'react';

/** What the steps of a sender depend on. */
export interface GuideFacts {
  address: string;
  verification: Verification;
  content: SourceSettings['content'];
  handshakes: SourceSettings['handshakes'];
}

/** How one kind of sender is set up, as steps in order. */
export interface Guide {
  key: string;
  word: string;
  schemes: readonly Scheme[];
  steps(facts: GuideFacts): ReactNode[];
  /** The same without clicking, each under its name. */
  programs?(facts: GuideFacts): { word: string; code: string }[];
  /** Setting of this source that the sender needs and that is off, in words; null while all is well. */
  lacks?(facts: GuideFacts): { words: string; fix: { word: string; to: string } } | null;
}
