import { useState } from 'react';

/**
 * What a page that edits a thing began with. The page is brought up to date whenever something is sent from it – a check, a
 * preview, a new secret – and what somebody else saved meanwhile must neither take the place of what is written in the form nor
 * be saved over unseen, so the form goes on from here, and its save is refused with what they changed.
 */
export function useOpened<T extends { id: string }>(thing: T): T {
  const [opened, setOpened] = useState(thing);
  if (opened.id === thing.id) return opened;
  setOpened(thing);
  return thing;
}
