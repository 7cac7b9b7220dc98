import { useId, useState } from 'react';
import { FormSection } from '../components/form/form-section.tsx';
import { useKeysEnabled } from '../frame/keys.ts';
import { type Theme, themes } from '../frame/preferences.ts';
import { applyTheme, themeLooks } from '../frame/theme.ts';
import { useZone } from '../time/now.ts';

/** What somebody chose for this browser. It is kept here, not in the account, and works at once. */
export function PreferencesSection({ theme: stored }: { theme: Theme }) {
  const [theme, setTheme] = useState(stored);
  const [keys, setKeys] = useKeysEnabled();
  const zone = useZone();
  const keysHelp = useId();
  return (
    <FormSection title="This browser" description="These choices are kept in this browser and work at once.">
      <fieldset className="form-field">
        <legend className="form-label">Theme</legend>
        <div className="radio-cards theme-cards">
          {themes.map((value) => {
            const { word, Icon } = themeLooks[value];
            return (
              <label key={value} className="radio-card">
                <input
                  type="radio"
                  name="theme"
                  value={value}
                  checked={theme === value}
                  onChange={() => {
                    setTheme(value);
                    applyTheme(value);
                  }}
                />
                <span className="radio-card-name">
                  <Icon size={14} aria-hidden="true" />
                  {word}
                </span>
              </label>
            );
          })}
        </div>
      </fieldset>
      <div className="form-field">
        <label className="form-check">
          <input
            type="checkbox"
            // biome-ignore lint/a11y/useAriaPropsForRole: a native check box tells its own state
            role="switch"
            className="switch-input"
            checked={keys}
            onChange={(event) => setKeys(event.target.checked)}
            aria-describedby={keysHelp}
          />
          Single-letter keys
        </label>
        <p id={keysHelp} className="form-help form-check-notes form-switch-notes">
          Keys such as j, k and / act on pages. Switch them off if you speak to your computer.
        </p>
      </div>
      <p className="text-sm">
        Times are shown in <strong>{zone}</strong>, the zone of this browser.
      </p>
    </FormSection>
  );
}
