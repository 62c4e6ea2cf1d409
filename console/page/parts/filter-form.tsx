import type { ComponentChildren } from 'preact';
import { go } from '../state.ts';

/** What a view is to show, which becomes a part of its address. */
export function FilterForm({
  view,
  children,
}: {
  readonly view: string;
  readonly children: ComponentChildren;
}) {
  return (
    <form
      class="filter"
      onSubmit={(event) => {
        event.preventDefault();
        go(view, filledIn(new FormData(event.currentTarget)));
      }}
    >
      {children}
      <button type="submit">Show</button>
    </form>
  );
}

function filledIn(form: FormData): string {
  const asked = new URLSearchParams();
  for (const [name, value] of form) {
    if (typeof value === 'string' && value.trim() !== '') asked.append(name, value.trim());
  }
  return asked.toString();
}

/** A text of a filter. */
export function FilterText({
  label,
  name,
  asked,
  usual,
}: {
  readonly label: string;
  readonly name: string;
  readonly asked: URLSearchParams;
  /** What holds where it is empty. */
  readonly usual?: string;
}) {
  return (
    <label class="field">
      {label}
      <input type="text" name={name} defaultValue={asked.get(name) ?? ''} placeholder={usual} />
    </label>
  );
}

/** A choice of a filter. */
export function FilterChoice({
  label,
  name,
  asked,
  options,
}: {
  readonly label: string;
  readonly name: string;
  readonly asked: URLSearchParams;
  /** Values and what they are called; the first is the usual one. */
  readonly options: readonly (readonly [string, string])[];
}) {
  return (
    <label class="field">
      {label}
      <select name={name}>
        {options.map(([value, text]) => (
          <option key={value} value={value} selected={value === asked.get(name)}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
