import type { SourceDetail } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { useSearchParams } from '@remix-run/react';
import { useState } from 'react';
import { CodeBlock } from '../../components/code-block.tsx';
import { CopyAs } from '../../components/copy-as.tsx';
import { Explain } from '../../components/explain.tsx';
import { LinkTabs } from '../../components/link-tabs.tsx';
import { schemeWords } from '../verify/scheme-words.ts';
import { generalGuides } from './general-guides.tsx';
import type { Guide, GuideFacts } from './guide.ts';
import { providerGuides } from './provider-guides.tsx';
import { signedCurl } from './signed-curl.ts';
import { signedFetch } from './signed-fetch.ts';
import { signingRecipe } from './signing-recipe.ts';

interface SetUpPanelProps {
  source: SourceDetail;
  settings: SourceSettings;
  /** In full, while it is known. */
  address: string | null;
}

/** How the sender of a webhook is set up, and requests that are signed as this source wants them. */
export function SetUpPanel({ source, settings, address }: SetUpPanelProps) {
  const [query] = useSearchParams();
  const [typed, setTyped] = useState(address ?? '');
  const { verification, content, handshakes } = settings;
  const { scheme } = verification;
  const facts: GuideFacts = { address: typed.trim() || 'ADDRESS', verification, content, handshakes };
  const guides = [...providerGuides, ...generalGuides].filter(({ schemes }) => schemes.includes(scheme));
  const guide = guides.find(({ key }) => key === query.get('for')) ?? guides[0];
  const recipe = signingRecipe(verification);
  return (
    <>
      <div className="card panel stack">
        <div className="form-field">
          <label htmlFor="set-up-address" className="form-label">
            Address of this source
          </label>
          <input
            id="set-up-address"
            className="input font-mono"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={source.addressHint ?? 'https://…'}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-describedby="set-up-address-help"
          />
          <p id="set-up-address-help" className="form-help">
            The whole of it was shown when it was made{addressEnd(source.addressHint)}. Paste it here to have it in
            everything below; it stays in this window.
          </p>
        </div>
      </div>
      {guides.length > 1 ? (
        <LinkTabs
          label="Senders"
          active={guide?.key ?? ''}
          tabs={guides.map(({ key, word }, index) => ({ key, word, to: index === 0 ? '?' : `?for=${key}` }))}
        />
      ) : null}
      <div className="columns">
        {guide ? <Steps guide={guide} facts={facts} /> : null}
        <section className="card panel stack" aria-labelledby="signed-title">
          <h2 id="signed-title">Try it from a program</h2>
          <p className="text-muted text-sm">
            {scheme === 'none'
              ? 'Any request will do.'
              : `A request as ${schemeWords[scheme].word} sends it. Put in the secret and run it.`}
          </p>
          <CopyAs
            label="A signed request in code"
            code={{ curl: signedCurl(recipe, facts.address), typescript: signedFetch(recipe, facts.address) }}
          />
        </section>
      </div>
    </>
  );
}

function Steps({ guide: { word, steps, programs, lacks }, facts }: { guide: Guide; facts: GuideFacts }) {
  const missing = lacks?.(facts);
  return (
    <section className="card panel stack" aria-labelledby="steps-title">
      <h2 id="steps-title">Set up {word === 'Your sender' ? 'your sender' : word}</h2>
      {missing ? (
        <Explain warning fix={missing.fix}>
          {missing.words}
        </Explain>
      ) : null}
      <ol className="steps">
        {steps(facts).map((step, index) => (
          <li key={index}>
            <span>{step}</span>
          </li>
        ))}
      </ol>
      {programs?.(facts).map(({ word: name, code }) => (
        <div key={name}>
          <h3 className="mb-1 text-muted text-xs">{name}</h3>
          <CodeBlock code={code} label={`the ${name} form`} />
        </div>
      ))}
    </section>
  );
}

/** How the end of the address reads, so that the right one is pasted. */
const addressEnd = (hint: string | null): string =>
  hint === null || hint.endsWith('…') ? '' : ` and ends in ${hint.slice(-4)}`;
