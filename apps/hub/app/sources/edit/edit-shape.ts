import type { SourceDetail } from '@nexomatic/contracts/source-api';

/** The fields of a source's form, named as in the API. */
export interface EditShape {
  name: string;
  description: string;
  sniffJson: boolean;
  settings: {
    content: { raw: boolean; decompress: boolean; signedAs: string };
    limits: { maxBodyBytes: number; perSecond: number; burst: number };
    dedupe: { by: string; header: string; pointers: string };
    dedupeDays: number;
  };
}

/** What the form begins with. */
export function startOf({ name, description, sniffJson, settings }: SourceDetail) {
  const basics = { name, description, sniffJson };
  if (!settings) return basics;
  const { content, limits, dedupe, dedupeDays } = settings;
  return {
    ...basics,
    settings: {
      content,
      limits,
      dedupeDays,
      dedupe: {
        by: dedupe.by,
        header: dedupe.by === 'header' ? dedupe.header : '',
        pointers: dedupe.by === 'pointers' ? dedupe.pointers.join('\n') : '',
      },
    },
  };
}
