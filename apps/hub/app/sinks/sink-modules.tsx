import type { ModuleInventory } from '@nexomatic/contracts/module-inventory';

/** What a sink can run, as it told last. */
export function SinkModules({ inventory }: { inventory: ModuleInventory | null }) {
  if (!inventory) return <p className="text-muted text-sm">It has not told yet which modules it has.</p>;
  if (inventory.modules.length === 0) return <p className="text-muted text-sm">There are no modules in its folders.</p>;
  return (
    <>
      <ul className="short-list">
        {inventory.modules.map(({ name, hash, summary, parameters }) => (
          <li key={name}>
            <code className="max-w-[60%] shrink-0 truncate">{name}</code>
            <span className="min-w-0 truncate text-muted text-sm">
              {summary ?? parameters.map((one) => one.name).join(', ')}
            </span>
            <code className="ml-auto text-faint text-xs" title={`SHA-256 ${hash}`}>
              {hash.slice(0, 8)}
            </code>
          </li>
        ))}
      </ul>
      {inventory.truncated ? <p className="mt-2 text-muted text-sm">And more, which it does not list.</p> : null}
    </>
  );
}
