import { useAnswer } from '../use-answer.ts';

/** A section of the runbook, as it stands in the documents of this version. */
export function Runbook({ anchor }: { readonly anchor: string }) {
  const { value, error } = useAnswer(sections, 'runbook');
  if (value === undefined) return <p role="status">{error ?? 'Asking…'}</p>;
  const { title, text } = Object.hasOwn(value, anchor) ? (value[anchor] ?? NONE) : NONE;
  return (
    <>
      <h1>{title}</h1>
      <div class="runbook">{text}</div>
    </>
  );
}

const NONE = {
  title: 'Runbook',
  text: 'There is no such section: the function may be newer than this console.',
};

type Sections = Readonly<Record<string, { readonly title: string; readonly text: string }>>;

async function sections(): Promise<Sections> {
  return (await fetch('/runbook.json')).json();
}
