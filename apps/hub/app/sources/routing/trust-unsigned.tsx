import type { Scheme } from '@nexomatic/contracts/verification';
import { Explain } from '../../components/explain.tsx';
import { FormSection } from '../../components/form/form-section.tsx';
import { schemeWords } from '../verify/scheme-words.ts';

interface TrustUnsignedProps {
  scheme: Scheme;
  value: boolean;
  /** A route looks at a header. */
  needed: boolean;
  onChange: (value: boolean) => void;
}

/** Lets headers decide that no signature vouches for, and says what that means. */
export function TrustUnsigned({ scheme, value, needed, onChange }: TrustUnsignedProps) {
  const { word } = schemeWords[scheme];
  return (
    <FormSection
      title="Unsigned headers"
      description={`${word} signs the body, not the headers.`}
      danger={needed && !value}
    >
      <div className="form-field">
        <label className="form-check">
          <input
            type="checkbox"
            checked={value}
            onChange={(event) => onChange(event.target.checked)}
            aria-describedby="trust-help"
          />
          Let headers decide although nothing vouches for them
        </label>
        <div id="trust-help" className="form-check-notes form-help">
          Whoever relays a request of {word}’s, or has recorded one and sends it again within its time, could change its
          headers: its body would still be genuine, but fire another event type than it was meant for. They could not
          make up a body. Where the body says the same, look there instead.
        </div>
      </div>
      {needed && !value ? (
        <Explain warning>
          A route looks at a header: it can not be saved until this is on, or the route looks at the body.
        </Explain>
      ) : null}
    </FormSection>
  );
}
