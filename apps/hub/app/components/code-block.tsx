import { CopyButton } from './copy-button.tsx';

/** Code to be read or copied as it is. `label` names it: "the curl command". */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls has to be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={`Copy ${label}`} />
    </div>
  );
}
