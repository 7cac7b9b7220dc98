import { getFormProps, useForm } from '@conform-to/react';
import type { SourceDetail } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { Form } from '@remix-run/react';
import { CheckboxField } from '../../components/form/checkbox-field.tsx';
import { FormSection } from '../../components/form/form-section.tsx';
import { RadioCards } from '../../components/form/radio-cards.tsx';
import { SaveBar } from '../../components/form/save-bar.tsx';
import { SwitchField } from '../../components/form/switch-field.tsx';
import { TextAreaField } from '../../components/form/text-area-field.tsx';
import { ShieldOff } from '../../components/icons.ts';
import { ConflictNotice } from '../../definitions/conflict-notice.tsx';
import type { SettingsReply } from '../save-settings.server.ts';
import { SchemeFields } from './scheme-fields.tsx';
import { SchemeNeeds } from './scheme-needs.tsx';
import { offeredSchemes, schemeWords } from './scheme-words.ts';
import { comparedVerification, startOf, type VerifyShape, verifyLabels } from './verify-fields.ts';

interface VerifyFormProps {
  source: SourceDetail;
  settings: SourceSettings;
  reply: SettingsReply | undefined;
  mayWrite: boolean;
}

/** Chooses how the sender of a source proves itself, from where it may come and which handshakes are answered. */
export function VerifyForm({ source, settings, reply, mayWrite }: VerifyFormProps) {
  const [form, fields] = useForm<VerifyShape>({
    id: `verify-${source.id}-${source.version}`,
    lastResult: reply?.result ?? null,
    defaultValue: startOf(settings),
    constraint: {
      'settings.verification.scheme': { required: true },
      'settings.verification.toleranceSeconds': { required: true },
      'settings.verification.header': { required: true },
      'settings.verification.template': { required: true },
      'settings.verification.algorithm': { required: true },
      'settings.verification.encoding': { required: true },
      'settings.verification.keyEncoding': { required: true },
    },
  });
  const own = fields.settings.getFieldset();
  const verification = own.verification.getFieldset();
  const handshakes = own.handshakes.getFieldset();
  const scheme = offeredSchemes.find((one) => one === verification.scheme.value) ?? settings.verification.scheme;
  return (
    <Form method="post" className="form" {...getFormProps(form)}>
      <input type="hidden" name="intent" value="save" />
      <input type="hidden" name="version" value={source.version} />
      <ConflictNotice
        problem={reply?.problem}
        formId={form.id}
        before={comparedVerification(settings)}
        theirs={reply?.theirs?.settings ? comparedVerification(reply.theirs.settings) : undefined}
        labels={verifyLabels}
      />
      <fieldset disabled={!mayWrite} className="contents">
        <FormSection
          title="Who sends?"
          description="How a request proves that it comes from your sender. What does not is refused with 401; its sender is not told why, you are, under Requests."
        >
          <div className="scheme-choice">
            <RadioCards
              field={verification.scheme}
              label="How the sender proves itself"
              options={offeredSchemes.map((value) => ({
                value,
                label: schemeWords[value].word,
                help: schemeWords[value].help,
                ...(value === 'none'
                  ? { icon: <ShieldOff size={14} className="text-warning" aria-hidden="true" /> }
                  : {}),
              }))}
            />
          </div>
        </FormSection>
        <FormSection
          title={scheme === 'none' ? 'No authentication' : `What ${schemeWords[scheme].word} needs`}
          danger={scheme === 'none'}
        >
          <SchemeNeeds scheme={scheme} />
          <SchemeFields key={scheme} scheme={scheme} saved={settings.verification} fields={verification} />
          {scheme === 'none' ? (
            <CheckboxField
              field={fields.openOnPurpose}
              label="Take requests from whoever knows the address"
              help="The source is marked “no authentication” wherever it is listed."
            />
          ) : null}
        </FormSection>
        <FormSection
          title="Where from?"
          description="Asked for in addition: a good signature from elsewhere is refused with 403."
        >
          <TextAreaField
            field={own.allowedAddresses}
            label={verifyLabels['settings.allowedAddresses']}
            rows={2}
            code
            placeholder={'192.0.2.0/24\n2001:db8::/32'}
            help="Ranges in CIDR form, IPv4 or IPv6, one a line. Empty: from anywhere."
          />
        </FormSection>
        <div id="handshakes">
          <FormSection
            title="Handshakes"
            description="Some senders ask whether the address wants their events before they send. Slack and X are answered by themselves."
          >
            <SwitchField
              field={handshakes.eventGrid}
              label={verifyLabels['settings.handshakes.eventGrid']}
              help="The subscription’s code is sent back. The address that comes with it is never called."
            />
            <SwitchField
              field={handshakes.cloudEvents}
              label={verifyLabels['settings.handshakes.cloudEvents']}
              help="OPTIONS with WebHook-Request-Origin is answered with leave to send, at any rate."
            />
          </FormSection>
        </div>
      </fieldset>
      {mayWrite ? (
        <SaveBar
          form={{
            id: form.id,
            dirty: form.dirty,
            getFieldset: () => ({
              'settings.verification': own.verification,
              'settings.allowedAddresses': own.allowedAddresses,
              'settings.handshakes.eventGrid': handshakes.eventGrid,
              'settings.handshakes.cloudEvents': handshakes.cloudEvents,
            }),
          }}
          labels={verifyLabels}
        />
      ) : null}
    </Form>
  );
}
