import { buildAutomaton } from './automaton.ts';
import { maskJson } from './mask-json.ts';
import { type Automata, AutomataStream, type MaskStream } from './mask-stream.ts';
import { needlesOf } from './needles-of.ts';

/** Takes secret values out of everything that is to be seen, and puts `***` in their place. */
export interface Masker {
  /** A text as a whole. */
  maskText(text: string): string;
  /** JSON text, inside its strings: it stays JSON, and its numbers keep every digit. */
  maskJson(json: string): string;
  /** For bytes that come piece by piece. */
  openStream(): MaskStream;
}

const nothing = new Uint8Array(0);
const asItIs: MaskStream = {
  holding: false,
  push: (chunk) => chunk,
  idle: () => nothing,
  cut: () => nothing,
  missed: () => undefined,
  end: () => nothing,
};

/** Masks nothing, at no cost. */
export const noMasker: Masker = { maskText: (text) => text, maskJson: (json) => json, openStream: () => asItIs };

/** A masker of these values (UTF-8), of those among them that are long enough, in all encodings. */
export function createMasker(values: readonly Uint8Array[]): Masker {
  const needles = needlesOf(values);
  const { exact, spaced } = needles;
  if (exact.length === 0) return noMasker;
  const automata: Automata = {
    needles,
    exact: buildAutomaton(exact),
    spaced: buildAutomaton(spaced),
    longestSpaced: spaced.reduce((most, needle) => Math.max(most, needle.length), 0),
  };

  function maskText(text: string): string {
    const bytes = Buffer.from(text);
    const stream = new AutomataStream(automata);
    const parts = [stream.push(bytes), stream.end()];
    // Nothing was found if not a byte is missing: a mask is shorter than anything that is masked.
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    return size === bytes.length ? text : Buffer.concat(parts).toString();
  }

  return { maskText, maskJson: (json) => maskJson(json, maskText), openStream: () => new AutomataStream(automata) };
}
