import { useState } from 'preact/hooks';
import { go } from '../../state.ts';

/** Asks for an event by one of its ids. */
export function FindEvent({ id = '' }: { readonly id?: string }) {
  const [wanted, setWanted] = useState(id);
  return (
    <form
      class="find"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted.trim() !== '') go('event', wanted.trim());
      }}
    >
      <label class="field">
        The id of an event, or of a message or a dead letter of it
        <input
          type="text"
          class="mono"
          value={wanted}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      </label>
      <button type="submit">Show its timeline</button>
    </form>
  );
}
