import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable, printableJson } from '../../cli/terminal/printable.ts';
import { startProgress } from '../../cli/terminal/progress.ts';
import { paint, write } from '../../cli/terminal/terminal.ts';
import type { LocalSystem } from '../../local/system.ts';
import { type CliResult, cli, startCli } from '../helpers/cli.ts';
import { putDeadLetter } from '../helpers/dead-letters.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { startTestSystem } from '../helpers/local-run.ts';
import { guid } from '../helpers/records.ts';

/** Clears a terminal, sets its title, colours, turns text around, hides it: each in its own way. */
const CONTROL =
  '\u001b[2J\u001b]0;title\u0007\u009b31m\u202eabc\u2066\u0000\b\r\u007f\u2028\u{e0041}';
/** Whatever a terminal would obey; lines and tabs are our own. */
const OBEYED =
  /[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\u00ad\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u;

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

/** Runs a command line, once for people and once for programs. */
async function outputsOf(
  argv: readonly string[],
  run: (argv: readonly string[]) => Promise<CliResult> = cli,
) {
  const forPeople = await run(argv);
  const forPrograms = await run([...argv, '--json']);
  for (const { stdout, stderr } of [forPeople, forPrograms]) {
    expect(stdout).not.toMatch(OBEYED);
    expect(stderr).not.toMatch(OBEYED);
  }
  return { ...forPeople, json: JSON.parse(forPrograms.stdout.trimEnd().split('\n').at(-1) ?? '') };
}

describe('what strangers wrote is shown, and never obeyed', () => {
  test('in events and names of files', async () => {
    await using folder = await temporaryFolder();
    const name = `a${CONTROL.replaceAll(/[\0\r]/g, '')}.csv`;
    const file = await folder.write(name, `guid,title\nx${CONTROL},a\n`);
    const broken = await folder.write('broken.ndjson', `{"guid": ${CONTROL}}\n`);
    const { code, stdout, json } = await outputsOf(['validate', file, broken]);
    expect(code).toBe(1);
    expect(stdout).toContain(String.raw`\u001b[2J`);
    expect(json.files[0].file).toBe(file);
  });

  test('on the command line, which is a process of its own', async () => {
    const argv = ['validate', `/nowhere/${CONTROL.slice(0, 20)}.csv`];
    const { code, stderr } = await outputsOf(argv, (all) => startCli(all, {}).ended);
    expect(code).toBe(2);
    expect(stderr).toContain(String.raw`\u009b31m`);
  });

  test('in dead letters', async () => {
    // The emulator of SQS takes nothing beyond U+FFFF.
    const control = CONTROL.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '');
    const body = { guid: guid(1), title: control, [control]: 1 };
    const { messageId } = await putDeadLetter(system.queues, {
      body,
      reason: 'Refused',
      time: `2026-11-23T10:00:00Z${control}`,
      detail: `FinerWorks refused it: ${control}`,
    });
    const list = await outputsOf(['dlq', 'list']);
    expect(list.stdout).toContain(String.raw`\u202eabc`);
    const show = await outputsOf(['dlq', 'show', messageId]);
    expect(show.stdout).toContain(String.raw`\u009b31m`);
    expect(JSON.parse(show.json.letter.body)).toEqual(body);
    // With the escapes of JSON the event is still the same.
    expect(JSON.parse(show.stdout.trimEnd().split('\n').at(-1) ?? '')).toEqual(body);
  });

  test('in SKUs, and those that spreadsheets would compute are text', async () => {
    const formulas = ['=1+1', '+1', '-1', '@a', '\tb', '\rc'];
    system.standIn.images.add([guid(1)], {
      library: 'inventory',
      products: [...formulas, 'plain', `SKU${CONTROL}`],
    });
    const { code, stdout } = await outputsOf(['guids']);
    expect(code).toBe(0);
    for (const formula of formulas.slice(0, -1)) expect(stdout).toMatch(`'${formula}`);
    expect(stdout).toMatch(/^plain,/m);
    expect(stdout).not.toMatch(/^"?[=+\-@\t\r]/m);
  });

  test('in messages of FinerWorks', async () => {
    system.standIn.intercept = (_request, response) => {
      const status = { success: false, message: `no ${CONTROL}` };
      response.writeHead(400).end(JSON.stringify({ status }));
    };
    const { code, stderr, json } = await outputsOf(['guids']);
    system.standIn.intercept = undefined;
    expect(code).toBe(3);
    expect(stderr).toContain(String.raw`\u202eabc`);
    expect(json.error.message).toContain(CONTROL);
  });
});

describe('a terminal', () => {
  const terminal = () => Object.assign(new PassThrough(), { isTTY: true, columns: 80 });

  test('gets our colours and no others', async () => {
    const stream = terminal();
    write(stream, `${paint(stream, 'red', `ours${CONTROL}`)} \u001b[31mtheirs`);
    stream.end();
    expect(await text(stream)).toBe(
      `\u001b[31mours${printable(CONTROL)}\u001b[39m ${String.raw`\u001b[31mtheirs`}`,
    );
  });

  test('gets the names of files in bars so too', async () => {
    const stderr = terminal();
    const bar = startProgress({ stdin: new PassThrough(), stderr }, 1, `Reading \u009b31m`);
    bar.advance(1, 'more \u009b32m');
    bar.stop('all \u009b33m');
    stderr.end();
    const written = await text(stderr);
    expect(written).not.toContain('\u009b');
    expect(written).toContain(String.raw`all \u009b33m`);
  });
});

test('JSON with escapes says the same, and texts without such characters stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (any) => {
      expect(JSON.parse(printableJson({ any }))).toEqual({ any });
      expect(printableJson({ any })).not.toMatch(OBEYED);
      expect(printable(any)).not.toMatch(OBEYED);
    }),
  );
  expect(printable('Größe 5 × 7\n\t世界 👩‍🚀\r\n')).toBe('Größe 5 × 7\n\t世界 👩‍🚀\n');
});
