import { useId, useState } from 'react';
import { ChevronDown } from '../../components/icons.ts';
import { type Alphabet, alphabets, generatedLength, generateValue } from './generate-value.ts';

/** Makes a value at random, in this browser. */
export function GeneratePanel({ onGenerate }: { onGenerate: (text: string) => void }) {
  const id = useId();
  const [length, setLength] = useState(String(generatedLength.start));
  const [alphabet, setAlphabet] = useState<Alphabet>('letters');
  const [said, say] = useState('');
  const wanted = Number(length);
  const { min, max } = generatedLength;
  const fits = Number.isInteger(wanted) && wanted >= min && wanted <= max;
  return (
    <fieldset className="generate-panel">
      <legend className="sr-only">Generate a value</legend>
      <div className="form-field">
        <label htmlFor={`${id}-length`} className="form-label">
          Length
        </label>
        <input
          id={`${id}-length`}
          type="number"
          className="input"
          {...{ min, max }}
          value={length}
          aria-invalid={!fits || undefined}
          onChange={({ currentTarget }) => setLength(currentTarget.value)}
        />
      </div>
      <div className="form-field">
        <label htmlFor={`${id}-alphabet`} className="form-label">
          Characters
        </label>
        <span className="select">
          <select
            id={`${id}-alphabet`}
            value={alphabet}
            onChange={({ currentTarget }) => setAlphabet(currentTarget.value as Alphabet)}
          >
            {Object.entries(alphabets).map(([name, { word }]) => (
              <option key={name} value={name}>
                {word}
              </option>
            ))}
          </select>
          <ChevronDown size={14} aria-hidden="true" />
        </span>
      </div>
      <button
        type="button"
        className="button"
        disabled={!fits}
        onClick={() => {
          onGenerate(generateValue(wanted, alphabet));
          say(`A value of ${wanted} characters was generated. Copy it now if it is needed elsewhere.`);
        }}
      >
        Fill in
      </button>
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
    </fieldset>
  );
}
