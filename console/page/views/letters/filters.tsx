import type { Choices } from '../../../server/letters/choices.ts';
import { count } from '../../format.ts';
import {
  clearLetterFilter,
  filterInWords,
  letterFilter,
  queueName,
  setLetterFilter,
} from '../../letter-filter.ts';
import { Field } from '../../parts/field.tsx';

/** What is shown of the letters: which queue, and what they must have. */
export function Filters({
  choices,
  queues,
}: {
  readonly choices: Choices;
  readonly queues: readonly string[];
}) {
  const { from, detail, guid } = letterFilter();
  return (
    <form class="filters" aria-label="Filter" onSubmit={(event) => event.preventDefault()}>
      {queues.length > 0 && (
        <label class="field">
          Queue
          <select
            value={from}
            onChange={({ currentTarget }) => {
              clearLetterFilter();
              setLetterFilter({ from: currentTarget.value });
            }}
          >
            {['', ...queues].map((one) => (
              <option key={one} value={one}>
                {queueName(one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <OneOf name="reason" label="Reason" choices={choices.reason} />
      <OneOf name="source" label="Source" choices={choices.source} />
      <OneOf name="account" label="Account" choices={choices.account} />
      <Field
        label="Detail has"
        value={detail}
        onInput={(text) => setLetterFilter({ detail: text })}
      />
      <Field label="Image" value={guid} onInput={(text) => setLetterFilter({ guid: text })} />
      {filterInWords() !== '' && (
        <button type="button" onClick={clearLetterFilter}>
          Clear filter
        </button>
      )}
    </form>
  );
}

/** A choice between the values that letters have; none where they do not differ. */
function OneOf({
  name,
  label,
  choices,
}: {
  readonly name: 'reason' | 'source' | 'account';
  readonly label: string;
  readonly choices: Choices['reason'];
}) {
  const value = letterFilter()[name];
  if (choices.length === 0 && value === '') return null;
  return (
    <label class="field">
      {label}
      <select
        value={value}
        onChange={({ currentTarget }) => setLetterFilter({ [name]: currentTarget.value })}
      >
        <option value="">any</option>
        {/* What is chosen stays in sight, even where no letter has it any more. */}
        {value !== '' && !choices.some(([one]) => one === value) && (
          <option value={value}>{value}</option>
        )}
        {choices.map(([one, of]) => (
          <option key={one} value={one}>
            {one === 'none' ? 'no reason' : one} ({count(of)})
          </option>
        ))}
      </select>
    </label>
  );
}
