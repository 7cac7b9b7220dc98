import { getFormProps, useForm } from '@conform-to/react';
import { expect, test } from 'vitest';
import { renderPage } from '../../components/testing/render-page.tsx';
import { CronField } from './cron-field.tsx';

const html = (cron: string, fault?: string) =>
  renderPage(() => {
    const [form, fields] = useForm<{ cron: string }>({ id: 'form', defaultValue: { cron } });
    return (
      <form {...getFormProps(form)}>
        <CronField field={fields.cron} label="When" fault={fault} />
      </form>
    );
  });

const boxes = (page: string) => [...page.matchAll(/class="cron-box">.*?value="([^"]*)"/gs)].map(([, value]) => value);

test('an expression stands in five boxes and, once, as the text that is sent', () => {
  const page = html('0 9 * * 1-5');
  expect(boxes(page)).toEqual(['0', '9', '*', '*', '1-5']);
  expect(page.match(/name="cron"/g)).toHaveLength(1);
  expect(page).toContain('value="0 9 * * 1-5"');
});

test('a fault marks the box that it names, and the text', () => {
  const page = html('0 25 * * *', 'hour: "25" is not within 0 to 23');
  expect(page.match(/aria-invalid="true"/g)).toHaveLength(2);
  expect(page).toContain('hour: &quot;25&quot; is not within 0 to 23');
});

test('the preset that it is, is pressed', () => {
  expect(html('0 9 * * 1-5')).toMatch(/aria-pressed="true"[^>]*>Weekdays at 9</);
});

test('two day fields are told to mean either', () => {
  expect(html('0 0 13 * FRI')).toContain('either of them');
  expect(html('0 0 13 * *')).not.toContain('either of them');
});
