import type { AnsiSpan } from './ansi.ts';

/**
 * What a line of output says about groups. `::group::Title` to `::endgroup::` is folded, `--- Title` begins a folded section
 * and `+++ Title` an open one, each up to the next or the end.
 */
export interface GroupMark {
  kind: 'group' | 'folded' | 'open' | 'end';
  title: string;
}

/** Finds the lines that may be marks, for a search on the hub: what `groupMarkOf` takes, and a little more. */
export const groupMarkPattern = '^(::(end)?group::|(---|\\+\\+\\+) \\S)';

const form = /^(?:::(group|endgroup)::(.*)|(---|\+\+\+) (\S.*))$/;
/** The heads of a patch look the same, and are no sections. */
const patch = /^(?:[ab]\/|"[ab]\/|\/dev\/null|\S+\t)/;

export function groupMarkOf(spans: readonly AnsiSpan[]): GroupMark | null {
  const start = spans[0]?.text[0];
  if (start !== ':' && start !== '-' && start !== '+') return null;
  const match = form.exec(spans.map((span) => span.text).join(''));
  if (!match) return null;
  const [, directive, title = '', sign, section = ''] = match;
  if (directive) return { kind: directive === 'group' ? 'group' : 'end', title: title.trim() || 'Group' };
  if (patch.test(section)) return null;
  return { kind: sign === '---' ? 'folded' : 'open', title: section.trim() };
}
