import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import type { Problem } from '@nexomatic/contracts/error-code';
import type { SourceDetail } from '@nexomatic/contracts/source-api';
import { Form, Link } from '@remix-run/react';
import { FormSection } from '../components/form/form-section.tsx';
import { SaveBar } from '../components/form/save-bar.tsx';
import { TextAreaField } from '../components/form/text-area-field.tsx';
import { TextField } from '../components/form/text-field.tsx';
import { ConflictNotice } from '../definitions/conflict-notice.tsx';
import { ContentSection } from './edit/content-section.tsx';
import { DedupeSection } from './edit/dedupe-section.tsx';
import { type EditShape, startOf } from './edit/edit-shape.ts';
import { LimitsSection } from './edit/limits-section.tsx';
import { comparedSource, sourceLabels as labels } from './source-fields.ts';

interface SourceFormProps {
  source: SourceDetail;
  reply: { result: SubmissionResult<string[]>; problem?: Problem; theirs?: SourceDetail } | undefined;
}

/** Changes what a source is called, and of a webhook what it takes and how much of it. */
export function SourceForm({ source, reply }: SourceFormProps) {
  const [form, fields] = useForm<EditShape>({
    id: `source-${source.id}-${source.version}`,
    lastResult: reply?.result ?? null,
    shouldDirtyConsider: (name) => name !== 'version',
    defaultValue: startOf(source),
    constraint: {
      name: { required: true, maxLength: 100 },
      'settings.limits.maxBodyBytes': { required: true },
      'settings.limits.perSecond': { required: true },
      'settings.limits.burst': { required: true },
      'settings.dedupeDays': { required: true },
      'settings.dedupe.header': { required: true },
      'settings.dedupe.pointers': { required: true },
    },
  });
  const settings = fields.settings.getFieldset();
  const content = settings.content.getFieldset();
  const dedupe = settings.dedupe.getFieldset();
  const limits = settings.limits.getFieldset();
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <input type="hidden" name="version" value={source.version} />
      <ConflictNotice
        problem={reply?.problem}
        formId={form.id}
        before={comparedSource(source)}
        theirs={reply?.theirs && comparedSource(reply.theirs)}
        labels={labels}
      />
      <FormSection title="Basics">
        <TextField field={fields.name} label={labels.name ?? ''} code />
        <TextAreaField field={fields.description} label={labels.description ?? ''} rows={2} />
        {source.settings ? (
          <p className="form-help">
            How its sender proves itself is set under{' '}
            <Link to="../verify" relative="path" className="link">
              Verify
            </Link>
            , what it fires under{' '}
            <Link to="../routing" relative="path" className="link">
              Routing
            </Link>
            .
          </p>
        ) : null}
      </FormSection>
      {source.settings ? (
        <>
          <ContentSection sniffJson={fields.sniffJson} content={content} maxBodyBytes={limits.maxBodyBytes} />
          <DedupeSection scheme={source.settings.verification.scheme} dedupe={dedupe} days={settings.dedupeDays} />
          <LimitsSection limits={limits} />
        </>
      ) : source.sniffJson ? (
        <input type="hidden" name="sniffJson" value="on" />
      ) : null}
      <SaveBar
        form={{
          id: form.id,
          dirty: form.dirty,
          getFieldset: () => ({
            name: fields.name,
            description: fields.description,
            sniffJson: fields.sniffJson,
            'settings.content.raw': content.raw,
            'settings.content.decompress': content.decompress,
            'settings.content.signedAs': content.signedAs,
            'settings.limits.maxBodyBytes': limits.maxBodyBytes,
            'settings.limits.perSecond': limits.perSecond,
            'settings.limits.burst': limits.burst,
            'settings.dedupe': settings.dedupe,
            'settings.dedupeDays': settings.dedupeDays,
          }),
        }}
        labels={labels}
      />
    </Form>
  );
}
