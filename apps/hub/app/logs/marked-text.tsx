import type { LogQuery } from '@nexomatic/contracts/log-query';

/** The words and texts that the query looks for. */
export const marksOf = ({ terms }: LogQuery): string[] =>
  terms.flatMap((term) => (term.key === 'text' && !term.negated ? [term.value.text] : []));

/** A text with what was looked for in it marked, in any case of letters. */
export function MarkedText({ text, marks }: { text: string; marks: readonly string[] }) {
  if (marks.length === 0) return text;
  const pattern = marks.map((mark) => mark.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text
    .split(new RegExp(`(${pattern})`, 'i'))
    .map((part, i) => (i % 2 === 1 ? <mark key={i}>{part}</mark> : part));
}
