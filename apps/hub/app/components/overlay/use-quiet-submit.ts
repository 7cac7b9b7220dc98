import { useRevalidator } from '@remix-run/react';
import { type FormEvent, useEffect, useState } from 'react';

/**
 * Sends a fetcher's form once the page is not being brought up to date: where both run at once and the form's answer leads to
 * another page, the router shows that page under the address of the old one.
 */
export function useQuietSubmit(submit: (form: HTMLFormElement) => unknown) {
  const { state } = useRevalidator();
  const [form, setForm] = useState<HTMLFormElement | null>(null);
  useEffect(() => {
    if (!form || state !== 'idle') return;
    setForm(null);
    submit(form);
  }, [form, state, submit]);
  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    setForm(event.currentTarget);
  }
  return { onSubmit, waiting: form !== null };
}
