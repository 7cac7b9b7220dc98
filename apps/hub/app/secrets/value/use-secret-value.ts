import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import { readTextFile } from './read-text-file.ts';
import { factsOf, trimEdges, type ValueFacts } from './value-facts.ts';

interface FileValue {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** The value that somebody is giving to a secret. */
export interface SecretValue {
  area: RefObject<HTMLTextAreaElement>;
  /** What was taken from a file: kept to the byte and never put into the page. */
  file: FileValue | null;
  /** Null while there is none. */
  facts: ValueFacts | null;
  /** Why a file was not taken. */
  fault: string | null;
  /** Its bytes, in an array of the caller's own; null while there is none. */
  read(): Uint8Array<ArrayBuffer> | null;
  typed(): void;
  setText(text: string): void;
  takeFile(file: File): Promise<void>;
  trim(): void;
  clear(): void;
}

/**
 * Holds a value outside of React's state and of the form's data: it is in the text area, which has no name and so is never sent,
 * or in the bytes of a file. What is said of it on the page is its size.
 */
export function useSecretValue(): SecretValue {
  const area = useRef<HTMLTextAreaElement>(null);
  const [file, setFile] = useState<FileValue | null>(null);
  const [facts, setFacts] = useState<ValueFacts | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  const look = useCallback((bytes: Uint8Array) => setFacts(bytes.length === 0 ? null : factsOf(bytes)), []);
  const setText = useCallback(
    (text: string) => {
      setFile(null);
      setFault(null);
      look(new TextEncoder().encode(text));
      if (area.current) area.current.value = text;
    },
    [look],
  );

  return useMemo(() => {
    const read = (): Uint8Array<ArrayBuffer> | null => {
      const bytes = file ? file.bytes.slice() : new TextEncoder().encode(area.current?.value ?? '');
      return bytes.length === 0 ? null : bytes;
    };
    return {
      ...{ area, file, facts, fault, read, setText },
      typed() {
        setFault(null);
        look(read() ?? new Uint8Array());
      },
      async takeFile(chosen) {
        const taken = await readTextFile(chosen);
        setFault(taken.fault ?? null);
        if (!taken.bytes) return;
        if (area.current) area.current.value = '';
        setFile({ name: chosen.name, bytes: taken.bytes });
        look(taken.bytes);
      },
      trim() {
        const bytes = trimEdges(read() ?? new Uint8Array());
        if (!file) return setText(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
        setFile({ ...file, bytes });
        look(bytes);
      },
      clear: () => setText(''),
    };
  }, [file, facts, fault, look, setText]);
}
