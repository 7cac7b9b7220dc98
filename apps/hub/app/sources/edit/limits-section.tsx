import type { FormField } from '../../components/form/form-field.ts';
import { FormSection } from '../../components/form/form-section.tsx';
import { NumberField } from '../../components/form/number-field.tsx';

/** How much a webhook takes before it asks its sender to wait. */
export function LimitsSection({ limits }: { limits: { perSecond: FormField; burst: FormField } }) {
  return (
    <FormSection
      title="Limits"
      description="What is above them is answered with 429 and Retry-After: a good sender comes again later. Other sources are not slowed down."
    >
      <div className="form-row">
        <NumberField
          field={limits.perSecond}
          label="Requests a second"
          min={1}
          max={100_000}
          help="In the long run. At the edge it is counted where the request arrives."
        />
        <NumberField field={limits.burst} label="At once" min={1} max={100_000} help="After a quiet time." />
      </div>
    </FormSection>
  );
}
