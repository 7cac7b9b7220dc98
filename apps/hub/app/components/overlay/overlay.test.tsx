import { expect, test } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { DangerDialog } from './danger-dialog.tsx';
import { MenuButton, type MenuEntry } from './menu-button.tsx';

const entries: MenuEntry[] = [
  { label: 'Edit', to: 'edit' },
  { label: 'Delete', danger: true, separated: true },
];

test('menus and dialogs that nobody opened cost a button and nothing more', () => {
  const Page = () => (
    <>
      <MenuButton label="Actions for hello" entries={entries}>
        …
      </MenuButton>
      <DangerDialog open={false} onOpenChange={() => undefined} title="Delete it?" word="Delete">
        It is gone for good.
      </DangerDialog>
    </>
  );
  expect(renderPage(Page)).toBe(
    '<button type="button" class="icon-button" aria-haspopup="menu" aria-label="Actions for hello">…</button>',
  );
});
