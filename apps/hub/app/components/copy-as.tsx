import { useState } from 'react';
import { CodeBlock } from './code-block.tsx';

/** Forms in which something can be done without the dashboard (R16), in the order in which they are offered. */
const forms = { curl: 'curl', typescript: 'TypeScript', cli: 'CLI' } as const;
type Form = keyof typeof forms;

/** The same as a curl command, a call of the typed client, and a command line. Those that are missing are not offered. */
export function CopyAs({ code, label = 'This as a program' }: { code: Partial<Record<Form, string>>; label?: string }) {
  const offered = (Object.keys(forms) as Form[]).filter((form) => code[form] !== undefined);
  const [chosen, setChosen] = useState<Form | undefined>(offered[0]);
  const text = chosen === undefined ? undefined : code[chosen];
  if (chosen === undefined || text === undefined) return null;
  return (
    <section className="copy-as" aria-label={label}>
      <div className="segments">
        {offered.map((form) => (
          <button key={form} type="button" aria-pressed={form === chosen} onClick={() => setChosen(form)}>
            {forms[form]}
          </button>
        ))}
      </div>
      <CodeBlock code={text} label={`the ${forms[chosen]} form`} />
    </section>
  );
}
