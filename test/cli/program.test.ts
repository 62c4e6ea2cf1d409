import { describe, expect, test } from '@jest/globals';
import { cli, cliJson, startCli } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/folder.ts';
import { readJson } from '../helpers/json-file.ts';
import { guid } from '../helpers/records.ts';

describe('the command line', () => {
  test.each([
    ['an unknown command', ['sned'], /unknown command 'sned'/],
    ['an unknown option', ['status', '--bogus'], /unknown option '--bogus'/],
    ['no file', ['validate'], /missing required argument 'files'/],
    ['a file that is not there', ['validate', '/nowhere/a.ndjson'], /can't be read \(ENOENT\)/],
    ['a format that nobody says', ['validate', 'events.txt'], /of what format\?/],
    ['no guid', ['dlq', 'list', '--guid', 'x'], /--guid: "x" is not a UUID/],
    [
      'a file, and corrections',
      ['dlq', 'redrive', '--file', 'a', '--set', 'title=b'],
      /cannot be used/,
    ],
    [
      'what only files have',
      ['dlq', 'redrive', '--discarded', '--yes'],
      /--discarded goes with --file/,
    ],
    ['no time', ['dlq', 'list', '--since', 'today'], /Neither 30m/],
    ['a field that can’t be set', ['dlq', 'redrive', '--set', 'guid=x'], /Not title=… or/],
    ['a rate of nothing', ['dlq', 'redrive', '--rate', '0'], /--rate/],
    ['standard input, to be sent', ['send', '-'], /so - is not possible/],
  ])('ends with 2 and one clear line for %s', async (_name, argv, line) => {
    const { code, stdout, stderr } = await cli(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('tells programs of errors, too', async () => {
    const { code, json } = await cliJson(['validate', '/nowhere/a.ndjson']);
    expect(code).toBe(2);
    expect(json).toEqual({
      error: { cause: 'UsageError', message: "/nowhere/a.ndjson: can't be read (ENOENT)" },
    });
  });

  test('tells its version', async () => {
    const { version } = readJson(new URL('../../cli/package.json', import.meta.url).pathname);
    expect(await cli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  test('has examples in the help of each command', async () => {
    for (const argv of [['send'], ['dlq', 'redrive'], ['guids']]) {
      const { code, stdout } = await cli([...argv, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain('Examples:');
      expect(stdout).toContain(`finerworks-image-updates ${argv.join(' ')}`);
    }
  });
});

describe('validate', () => {
  test('tells every fault by line and path, of every file, and calls nobody', async () => {
    await using folder = await temporaryFolder();
    const good = { guid: guid(1), title: 'a' };
    const bad = { images: [good, { guid: 'x' }] };
    const events = await folder.write(
      'e.ndjson',
      [good, bad].map((e) => JSON.stringify(e)).join('\n'),
    );
    const rows = await folder.write('r.csv', `guid,title\n${guid(1)},a\n`);
    const { child, ended } = startCli(['validate', events, rows], {});
    const { code, stdout, stderr } = await ended;
    expect(child.exitCode).toBe(1);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toBe(
      [
        `${events}:2: InvalidEvent: images[1].guid: "x" is not a UUID; images[1]: neither title nor description is supplied`,
        `${events}: 2 events, 1 fault`,
        `${rows}: 1 event, all valid`,
        '',
      ].join('\n'),
    );
  });

  test('prints JSON lines, the last of which is the result', async () => {
    const { stdout } = await cli(['validate', '--json', '-'], 'no\n');
    const [fault, result] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(fault).toMatchObject({ file: '-', line: 1, reason: 'NotJson' });
    expect(result).toMatchObject({ valid: false, files: [{ events: 1, faults: 1 }] });
  });

  test('lists the fields that are ignored once a file, with counts', async () => {
    await using folder = await temporaryFolder();
    const event = { guid: guid(1), title: 'a', sku: 'b' };
    const lines = [event, event, { ...event, Title: 'c' }].map((one) => JSON.stringify(one));
    const file = await folder.write('own.ndjson', lines.join('\n'));
    const { stdout } = await startCli(['validate', file], {}).ended;
    expect(stdout).toBe(
      [
        `${file}:3: InvalidEvent: Title: written title`,
        `${file}: 3 events, 1 fault`,
        `${file}: ignored, since they are no fields of the contract: sku (2)`,
        '',
      ].join('\n'),
    );
  });

  test('an empty file is a fault: it was hardly meant', async () => {
    expect((await cli(['validate', '-'], '\n')).code).toBe(1);
  });

  test('what is longer than SQS takes is a fault', async () => {
    const event = JSON.stringify({ guid: guid(1), title: 'a'.repeat(1_048_576) });
    const { json } = await cliJson(['validate', '--format', 'json', '-'], event);
    expect(json).toMatchObject({ valid: false });
  });
});
