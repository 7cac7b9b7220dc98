import type { EdgeSourceSettings } from '@nexomatic/contracts/edge-protocol';

/** What a receiver knows of a source by the hash of its key. */
export type FoundSettings =
  | { outcome: 'settings'; version: string; settings: EdgeSourceSettings }
  /** No such source, or a disabled one: its sender can't tell which. */
  | { outcome: 'absent' }
  /** Nobody who knows can be asked just now. */
  | { outcome: 'unknown'; cause: string };

/** Where a receiver has the settings of sources from: the hub from its definitions, an edge from its sealed copies. */
export interface SourceSettingsProvider {
  /** From memory where possible: this is asked for every request. */
  find(sourceKeyHash: string): Promise<FoundSettings>;
  /**
   * Before a request is refused by `known`: what holds now, or `known` itself where nothing newer is to be had. Asked
   * again and again, it asks the hub once a second at most.
   */
  confirm(sourceKeyHash: string, known: FoundSettings): Promise<FoundSettings>;
  /** The hub said that it has other settings: they are to be asked for before the next request is judged by them. */
  outdated(sourceKeyHash: string): void;
}
