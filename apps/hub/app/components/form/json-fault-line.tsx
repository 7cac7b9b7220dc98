import { findJsonFault } from '@nexomatic/contracts/json-fault';
import { useDeferredValue, useMemo } from 'react';

/** Where a text stops being JSON, in words; empty while it is JSON, or nothing at all. */
export function jsonFaultText(text: string): string {
  if (text.trim() === '') return '';
  try {
    JSON.parse(text);
    return '';
  } catch {
    // The engine's message names a place only sometimes.
    const fault = findJsonFault(text);
    return fault ? `Line ${fault.line}, column ${fault.column}: expected ${fault.expected}.` : 'This is not JSON.';
  }
}

/** The fault of a JSON text, read out when it changes. */
export function JsonFaultLine({ id, text }: { id: string; text: string }) {
  const deferred = useDeferredValue(text);
  const fault = useMemo(() => jsonFaultText(deferred), [deferred]);
  return (
    <p id={id} className="form-error" role="status">
      {fault}
    </p>
  );
}
