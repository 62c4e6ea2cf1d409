import { useState } from 'preact/hooks';
import { api, ask, attempt, here } from '../client.ts';
import { count } from '../format.ts';
import { CheckBox } from '../parts/check-box.tsx';

const FORMATS = ['ndjson', 'json', 'csv'] as const;
type Format = (typeof FORMATS)[number];

interface Report {
  readonly title: string;
  readonly isFine: boolean;
  readonly summary: string;
  readonly lines: readonly string[];
  readonly more: number;
}

/** Checks, previews and sends events that are pasted or chosen as a file. */
export function File({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const [text, setText] = useState('');
  const [format, setFormat] = useState<Format>('ndjson');
  const [allowClearing, setAllowClearing] = useState(false);
  const [restart, setRestart] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [report, setReport] = useState<Report | undefined>();
  const json = { text, format };
  const run = async (title: string, question: () => Promise<Omit<Report, 'title'>>) => {
    setBusy(true);
    setReport(undefined);
    await attempt(async () => setReport({ title, ...(await question()) }));
    setBusy(false);
  };
  const validate = () =>
    run('Validated', () => ask(api.ask.validate.$post({ param: here(), json })));
  const preview = () => run('Preview', () => ask(api.ask.preview.$post({ param: here(), json })));
  const send = () => {
    if (!confirm('Send these events to the queue?')) return;
    const sent = { ...json, allowClearing, restart, force: false };
    void run('Sent', () => ask(api.change.send.$post({ param: here(), json: sent })));
  };
  const choose = async (file: Blob & { readonly name: string }) => {
    setText(await file.text());
    const ending = file.name.split('.').at(-1)?.replace('jsonl', 'ndjson');
    setFormat(FORMATS.find((one) => one === ending) ?? format);
  };
  const isEmpty = text.trim() === '' || isBusy;
  return (
    <>
      <h1>File of events</h1>
      <label class="field">
        A file
        <input
          type="file"
          accept=".ndjson,.jsonl,.json,.csv"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file !== undefined) void choose(file);
          }}
        />
      </label>
      <label class="field">
        Or its content
        <textarea
          rows={10}
          class="mono"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <label class="field">
        Format
        <select
          value={format}
          onChange={({ currentTarget }) => {
            setFormat(FORMATS.find((one) => one === currentTarget.value) ?? format);
          }}
        >
          {FORMATS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <p class="actions">
        <button type="button" disabled={isEmpty} onClick={() => void validate()}>
          Validate
        </button>
        <button type="button" disabled={isEmpty} onClick={() => void preview()}>
          Preview
        </button>
        {!isReadOnly && (
          <>
            <button type="button" disabled={isEmpty} onClick={send}>
              Send…
            </button>
            <CheckBox
              label="empty texts clear"
              isChecked={allowClearing}
              onChange={setAllowClearing}
            />
            <CheckBox
              label="send again what was sent before (--restart)"
              isChecked={restart}
              onChange={setRestart}
            />
          </>
        )}
      </p>
      <div role="status">{isBusy && 'Under way…'}</div>
      {report !== undefined && (
        <section>
          <h2>{report.title}</h2>
          <p class={report.isFine ? 'detail' : 'detail wrong'}>{report.summary}</p>
          {report.lines.length > 0 && <pre>{report.lines.join('\n')}</pre>}
          {report.more > 0 && <p>and {count(report.more)} more lines</p>}
        </section>
      )}
    </>
  );
}
