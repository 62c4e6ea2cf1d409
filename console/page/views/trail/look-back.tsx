/** How far back a trail is read: further takes longer. */
export function LookBack({
  options,
  value,
  onChange,
}: {
  /** Hours and what they are called. */
  readonly options: readonly (readonly [string, string])[];
  readonly value: string;
  readonly onChange: (hours: string) => void;
}) {
  return (
    <label class="field">
      Look back
      <select value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {options.map(([hours, text]) => (
          <option key={hours} value={hours}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
