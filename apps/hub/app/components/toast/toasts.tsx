import { useLocation } from '@remix-run/react';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { CircleCheck, TriangleAlert, X } from '../icons.ts';
import { takeFlash } from './flash.ts';

interface Toast {
  id: number;
  text: string;
  kind: 'done' | 'failed';
}

type ShowToast = (text: string, kind?: Toast['kind']) => void;

/** A sentence is read in about this time; pointing at it or focusing it keeps it. */
const shownMs = 6_000;
const atOnce = 3;

const ToastContext = createContext<ShowToast>(() => undefined);

/** Says in a corner, and to screen readers, that something was done: `toast('Copied')`. */
export const useToast = (): ShowToast => useContext(ToastContext);

/** Holds the toasts of a page, and shows what the action before a redirect left to say. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const lastId = useRef(0);
  const show = useCallback<ShowToast>((text, kind = 'done') => {
    lastId.current += 1;
    const toast = { id: lastId.current, text, kind };
    setToasts((now) => [...now.slice(1 - atOnce), toast]);
  }, []);
  const close = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), []);
  const { key } = useLocation();
  // Each arrival may have brought one.
  useEffect(() => {
    const text = takeFlash();
    if (text !== null) show(text);
  }, [key, show]);
  const list = useMemo(
    () => toasts.map((toast) => <ToastBox key={toast.id} toast={toast} close={close} />),
    [toasts, close],
  );
  return (
    <ToastContext.Provider value={show}>
      {children}
      <section className="toasts" aria-live="polite" aria-label="Messages">
        {list}
      </section>
    </ToastContext.Provider>
  );
}

function ToastBox({ toast, close }: { toast: Toast; close: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => close(toast.id), shownMs);
    return () => clearTimeout(timer);
  }, [held, toast.id, close]);
  const Icon = toast.kind === 'done' ? CircleCheck : TriangleAlert;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: being pointed at only keeps it longer
    <div
      className="toast"
      data-kind={toast.kind}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} aria-hidden="true" />
      <span className="min-w-0 flex-1">{toast.text}</span>
      <button type="button" className="icon-button" aria-label="Close this message" onClick={() => close(toast.id)}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
