import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@remix-run/react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Search } from '../components/icons.ts';
import { useOfferedActions } from './palette-actions.ts';
import { idIn, inGroups, matchItems, type PaletteItem } from './palette-items.ts';
import { recentPages } from './recent-pages.ts';
import { useFoundObjects } from './use-found-objects.tsx';

export interface PaletteSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** What the frame offers on every page. */
  items: readonly PaletteItem[];
}

/** Finds a page, a command or a thing of the tenant by typing. Loaded when it is first opened. */
export function PaletteSheet({ open, onOpenChange, items }: PaletteSheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="dialog palette" aria-label="Search and commands">
          <PaletteBox items={items} close={() => onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBox({ items, close }: { items: readonly PaletteItem[]; close: () => void }) {
  const navigate = useNavigate();
  const offered = useOfferedActions();
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const objects = useFoundObjects(text);
  const found = [
    ...pasted(text),
    ...matchItems([...offered, ...items, ...recent()], text),
    ...matchItems(objects.items, text),
  ];
  const groups = inGroups(found);
  const ordered = groups.flatMap((group) => group.items);
  const chosen = ordered[Math.min(active, ordered.length - 1)];
  const optionId = (item: PaletteItem): string => `${listId}-${item.id}`;

  // Whenever another line is the active one.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, text]);

  function take(item: PaletteItem | undefined): void {
    if (!item) return;
    close();
    item.run?.();
    if (item.to !== undefined) navigate(item.to);
  }
  function pressed(event: KeyboardEvent): void {
    const last = Math.max(ordered.length - 1, 0);
    if (event.key === 'ArrowDown') setActive((at) => (at >= last ? 0 : at + 1));
    else if (event.key === 'ArrowUp') setActive((at) => (at <= 0 ? last : at - 1));
    else if (event.key === 'Enter') take(chosen);
    else return;
    event.preventDefault();
  }
  return (
    <>
      <div className="palette-field">
        <Search size={16} aria-hidden="true" className="text-faint" />
        <input
          type="text"
          role="combobox"
          aria-label="Type a name, paste an id, or do something"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosen ? optionId(chosen) : undefined}
          placeholder="Type a name, paste an id, or do something"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={pressed}
        />
        <kbd className="key-cap">Esc</kbd>
      </div>
      <div ref={list} id={listId} role="listbox" aria-label="Found" className="palette-list">
        {groups.map(({ group, items: members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, which no element of its own exists for
          <div key={group} role="group" aria-label={group}>
            <div className="palette-group" aria-hidden="true">
              {group}
            </div>
            {members.map((item) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys
              <div
                key={item.id}
                id={optionId(item)}
                role="option"
                tabIndex={-1}
                aria-selected={item === chosen}
                className="palette-item"
                onPointerMove={() => setActive(ordered.indexOf(item))}
                onClick={() => take(item)}
              >
                {item.icon}
                <span className="truncate">{item.word}</span>
                {item.hint ? <span className="palette-hint">{item.hint}</span> : null}
              </div>
            ))}
          </div>
        ))}
        {ordered.length === 0 ? (
          <p className="palette-none">{objects.busy ? 'Looking for it…' : 'Nothing of that name.'}</p>
        ) : null}
      </div>
    </>
  );
}

const recent = (): PaletteItem[] =>
  recentPages()
    .slice(1)
    .map(({ to, title }) => ({ id: `recent:${to}`, group: 'Recent', word: title, to }));

function pasted(text: string): PaletteItem[] {
  const id = idIn(text);
  return id ? [{ id: `open:${id}`, group: 'By id', word: `Open ${id}`, to: `/go/${id}` }] : [];
}
