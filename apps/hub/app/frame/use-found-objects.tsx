import type { FoundKind, FoundObject } from '@nexomatic/contracts/object-api';
import { useParams } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { CalendarClock, KeyRound, Server, SquareTerminal, Webhook, Workflow } from '../components/icons.ts';
import { kindWord, objectPath } from './objects.ts';
import type { PaletteItem } from './palette-items.ts';

/** Typing goes on for a moment before the hub is asked. */
const restMs = 120;
/** As long as the hub takes. */
const mostLetters = 100;

interface FoundObjects {
  items: PaletteItem[];
  /** The hub is being asked what fits the text as it stands. */
  busy: boolean;
}

const none: FoundObject[] = [];

/**
 * Things of the tenant whose names fit the text. What was found for the text before stays until the answer is there, and is narrowed
 * by whoever shows it. Without an answer there are none: pages and commands are found all the same.
 */
export function useFoundObjects(text: string): FoundObjects {
  const { tenant } = useParams();
  const asked = text.trim().slice(0, mostLetters);
  const [found, setFound] = useState({ text: '', objects: none });
  const wanted = tenant !== undefined && asked !== '';
  useEffect(() => {
    if (!wanted) return;
    const ended = new AbortController();
    const timer = setTimeout(async () => {
      const objects = await ask(`/t/${tenant}/object-names?${new URLSearchParams({ text: asked })}`, ended.signal);
      if (!ended.signal.aborted) setFound({ text: asked, objects });
    }, restMs);
    return () => {
      clearTimeout(timer);
      ended.abort();
    };
  }, [wanted, asked, tenant]);
  return {
    items: wanted ? found.objects.map((object) => itemOf(object, tenant)) : [],
    busy: wanted && found.text !== asked,
  };
}

const icons: Record<FoundKind, typeof Server> = {
  eventType: Workflow,
  action: SquareTerminal,
  source: Webhook,
  schedule: CalendarClock,
  sink: Server,
  secret: KeyRound,
};

function itemOf({ kind, id, name }: FoundObject, tenant: string): PaletteItem {
  const word = kindWord(id, 2);
  const Icon = icons[kind];
  return {
    id: `object:${id}`,
    group: word.charAt(0).toUpperCase() + word.slice(1),
    word: name,
    icon: <Icon size={16} aria-hidden="true" />,
    to: objectPath(tenant, id) ?? '.',
  };
}

/** Not a loader of the page: a failure here must not replace the page by an error. */
async function ask(url: string, signal: AbortSignal): Promise<FoundObject[]> {
  try {
    const answer = await fetch(url, { signal });
    return answer.ok ? ((await answer.json()) as { objects: FoundObject[] }).objects : none;
  } catch {
    // Offline, or the question was taken back.
    return none;
  }
}
