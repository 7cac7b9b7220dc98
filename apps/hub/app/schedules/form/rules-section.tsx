import { FormSection } from '../../components/form/form-section.tsx';
import { NumberField } from '../../components/form/number-field.tsx';
import { RadioCards } from '../../components/form/radio-cards.tsx';
import { SwitchField } from '../../components/form/switch-field.tsx';
import { missedWords, overlapWords } from '../schedule-words.ts';
import { scheduleLabels as labels, type ScheduleFields } from './schedule-fields.ts';

const options = (words: Record<string, { word: string; help: string }>) =>
  Object.entries(words).map(([value, { word, help }]) => ({ value, label: word, help }));

/** What it does when something is in the way. */
export function RulesSection({ fields }: { fields: ScheduleFields }) {
  return (
    <FormSection
      title="When something is in the way"
      description="Whatever is not fired stands in its history with the reason."
    >
      <RadioCards field={fields.overlap} label={labels.overlap} options={options(overlapWords)} />
      <RadioCards field={fields.missed} label={labels.missed} options={options(missedWords)} />
      {fields.missed.value === 'all' ? (
        <NumberField
          field={fields.missedWindowMinutes}
          label={labels.missedWindowMinutes}
          unit="minutes"
          min={1}
          max={10_080}
          help="Older ones are skipped. A week at most."
        />
      ) : null}
      <div className="form-row">
        <NumberField
          field={fields.jitterSeconds}
          label={labels.jitterSeconds}
          unit="seconds"
          min={0}
          max={3_600}
          help="Each run starts up to so much later, so that many schedules of one minute do not start at once."
        />
        <NumberField
          field={fields.pauseAfterFailures}
          label={labels.pauseAfterFailures}
          unit="failures in a row"
          min={1}
          max={1_000}
          placeholder="never"
          help="Empty: it goes on however often it fails."
        />
      </div>
      <SwitchField field={fields.enabled} label={labels.enabled} help="Off: it has no next run, and skips nothing." />
    </FormSection>
  );
}
