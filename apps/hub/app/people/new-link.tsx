import type { ReactNode } from 'react';
import { CopyButton } from '../components/copy-button.tsx';

/** A command for the machine that the hub runs on, and what it gives. */
export function HubCommand({ title, command, children }: { title: string; command: string; children: ReactNode }) {
  return (
    <section className="card p-4">
      <h2 className="text-sm">{title}</h2>
      <p className="mt-1 text-muted text-sm">On the machine that runs the hub, in the project’s folder:</p>
      <div className="mt-3 flex items-center gap-1">
        <pre className="code-block min-w-0 flex-1">{command}</pre>
        <CopyButton text={command} label="Copy the command" />
      </div>
      <p className="mt-3 text-muted text-sm">{children}</p>
    </section>
  );
}

/** How to come by another sign-in link. */
export function NewLink({ development }: { development: boolean }) {
  if (development) {
    return (
      <HubCommand title="Print a new link" command="npm stop && npm start">
        It prints a fresh link as “Dashboard”. Events and data stay.
      </HubCommand>
    );
  }
  return (
    <HubCommand title="Print a new link" command="node apps/hub/server/main.ts sign-in-link --email you@example.com">
      It prints a link that signs you in once, within 15 minutes. Without access to that machine, ask somebody who has.
    </HubCommand>
  );
}
