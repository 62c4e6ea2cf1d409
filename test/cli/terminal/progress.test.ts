import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { startProgress } from '../../../cli/terminal/progress.ts';

const streams = (isTTY: boolean) => ({
  stdin: Object.assign(new PassThrough(), { isTTY }),
  stderr: Object.assign(new PassThrough(), { isTTY, columns: 100 }),
});

test('a bar is wiped before other lines are written in its place', async () => {
  const { stdin, stderr } = streams(true);
  const bar = startProgress({ stdin, stderr }, 2, 'Asking');
  bar.wipe();
  stderr.write('a line of the result\n');
  bar.stop('done');
  stderr.end();
  expect(await text(stderr)).toContain('\u001b[1G\u001b[Ja line of the result\n');
});

test('without a terminal there is nothing of a bar', async () => {
  const { stdin, stderr } = streams(false);
  const bar = startProgress({ stdin, stderr }, 2, 'Asking');
  bar.advance(1, 'one');
  bar.wipe();
  bar.stop('done');
  stderr.end();
  expect(await text(stderr)).toBe('');
});
