import { RadioCards } from '../../components/form/radio-cards.tsx';

type Match = 'first' | 'all';

/** Whether one route fires or several. */
export function FirstOrAll({ value, onChange }: { value: Match; onChange: (value: Match) => void }) {
  return (
    <div onChange={(event) => onChange((event.target as HTMLInputElement).value === 'all' ? 'all' : 'first')}>
      <RadioCards
        field={{ id: 'routing-match', name: 'match', key: value, required: true, initialValue: value }}
        label="How many routes may fire"
        options={[
          { value: 'first', label: 'The first that matches', help: 'One request, one event at most.' },
          {
            value: 'all',
            label: 'Every one that matches',
            help: 'One event for each, made together or not at all.',
          },
        ]}
      />
    </div>
  );
}
