/** A line of text that somebody types. */
export function Field({
  label,
  value,
  onInput,
  isNumber = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (text: string) => void;
  readonly isNumber?: boolean;
}) {
  return (
    <label class="field">
      {label}
      <input
        type="text"
        inputMode={isNumber ? 'numeric' : 'text'}
        value={value}
        onInput={({ currentTarget: { value } }) => onInput(isNumber ? digitsOf(value) : value)}
      />
    </label>
  );
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
