import type { Problem } from '@nexomatic/contracts/error-code';
import type { SinkCommand } from '@nexomatic/contracts/signal-api';
import { type FetcherWithComponents, useFetcher } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { Ban, OctagonX, Pause, Play, Power, RefreshCw } from '../../components/icons.ts';
import { DangerDialog } from '../../components/overlay/danger-dialog.tsx';
import { useQuietSubmit } from '../../components/overlay/use-quiet-submit.ts';
import { useToast } from '../../components/toast/toasts.tsx';
import { commandWords, signalWords } from './command-words.ts';

const icons: Record<SinkCommand, typeof Pause> = {
  pause: Pause,
  resume: Play,
  reset: RefreshCw,
  drain: Power,
  kill: Ban,
  force_kill: OctagonX,
};

interface CommandRowProps {
  kind: SinkCommand;
  /** Of the sink. */
  name: string;
  /** Events that it runs. */
  running: number;
}

/** A thing that a sink can be told, what it means, and the button; with a question before what can not be taken back. */
export function CommandRow({ kind, name, running }: CommandRowProps) {
  const Icon = icons[kind];
  const { help, warning } = commandWords[kind];
  return (
    <li>
      <Icon size={16} aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="command-word">{signalWords[kind]}</span>
        <span className="text-muted">{help}</span>
      </span>
      {warning === null ? (
        <PlainCommand kind={kind} />
      ) : (
        <AskedCommand kind={kind} name={name} running={running} warning={warning} />
      )}
    </li>
  );
}

function PlainCommand({ kind }: Pick<CommandRowProps, 'kind'>) {
  const { Form, submit, state, data }: FetcherWithComponents<{ problem?: Problem } | undefined> = useFetcher();
  const { onSubmit, waiting } = useQuietSubmit(submit);
  const toast = useToast();
  useEffect(() => {
    if (data?.problem) toast(data.problem.detail, 'failed');
  }, [data, toast]);
  const busy = waiting || state !== 'idle';
  return (
    <Form method="post" onSubmit={onSubmit}>
      <input type="hidden" name="kind" value={kind} />
      <button type="submit" className="button" disabled={busy}>
        {busy ? 'Sending…' : signalWords[kind]}
      </button>
    </Form>
  );
}

function AskedCommand({ kind, name, running, warning }: CommandRowProps & { warning: string }) {
  const [open, setOpen] = useState(false);
  const word = signalWords[kind];
  const count = running === 1 ? '1 event' : `${running} events`;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {word}…
      </button>
      <DangerDialog
        open={open}
        onOpenChange={setOpen}
        title={`${word} the sink ${name}?`}
        word={word}
        fields={{ kind }}
        typeName={kind === 'force_kill' ? name : undefined}
      >
        {warning}
        {running > 0 ? ` It runs ${count} now.` : ' It runs nothing now.'}
      </DangerDialog>
    </>
  );
}
