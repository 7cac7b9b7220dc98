import { expect, test } from 'vitest';
import { renderPage } from '../components/testing/render-page.tsx';
import { usePaletteActions } from './palette-actions.ts';
import { useMay } from './use-may.ts';

const actions = [{ id: 'rerun', group: 'This event', word: 'Re-run this event' }];

function Page() {
  const may = useMay();
  usePaletteActions(actions);
  return <p>{may('audit.read') ? 'may' : 'may not'}</p>;
}

test('outside of a tenant nothing is allowed', () => {
  expect(renderPage(Page)).toBe('<p>may not</p>');
});

test('what the tenant’s page was given decides what is offered', () => {
  expect(renderPage(Page, { id: 'routes/tenant', data: { permissions: ['audit.read'] } })).toBe('<p>may</p>');
});
