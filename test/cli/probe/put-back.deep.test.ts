import { describe, expect, test } from '@jest/globals';
import type { Interception } from '../../../local/finerworks/stand-in.ts';
import { cli, cliAtTerminal, startCli } from '../../helpers/cli.ts';
import { until } from '../../helpers/local-run.ts';
import { ORIGINALS, SOLD, SUBJECTS, startProbed, textsOf } from '../../helpers/probe.ts';

const isUpdate = ({ method }: { readonly method: string }) => method === 'PUT';

/** Answers updates from some number on by itself. */
function refusingFrom(first: number, status: number): Interception {
  let updates = 0;
  return (request, response, proceed) => {
    if (isUpdate(request)) updates += 1;
    if (!isUpdate(request) || updates < first) return proceed();
    const body = { status: { success: false, status_code: status, message: 'No.', debug: null } };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

describe('before anything is changed', () => {
  test('it asks, and a no changes nothing', async () => {
    await using probed = await startProbed();
    const argv = ['probe', ...probed.target, '--write', ...SUBJECTS];
    const { code, stdout, stderr } = await cliAtTerminal(argv, 'n');
    expect([code, stdout]).toEqual([0, 'Nothing was changed.\n']);
    expect(stderr).toContain(JSON.stringify(ORIGINALS[SUBJECTS[0]]?.description));
    expect(probed.standIn.requests.filter(isUpdate)).toEqual([]);
  });

  test('without a terminal to ask at, --yes is needed', async () => {
    await using probed = await startProbed();
    const { code, stderr } = await cli(['probe', ...probed.target, '--write', ...SUBJECTS]);
    expect([code, probed.standIn.requests]).toEqual([2, []]);
    expect(stderr).toContain('add --yes');
  });

  test.each([
    ['an image with products', [SUBJECTS[0], SOLD], 'has virtual inventory products'],
    [
      'an image that there is not',
      [SUBJECTS[0], SOLD.replace('0003', '0099')],
      'not in the library',
    ],
    ['one image', [SUBJECTS[0]], '--write: wants the guids of two images'],
    ['one image twice', [SUBJECTS[0], SUBJECTS[0]], '--write: wants two images, not one twice'],
  ])('%s is refused', async (_name, guids, line) => {
    for (const reading of [[], ['no-products'] as const]) {
      await using probed = await startProbed(...reading);
      const argv = ['probe', ...probed.target, '--yes', '--write', ...guids];
      const { code, stderr } = await cli(argv);
      expect(code).toBe(2);
      expect(stderr).toContain(line);
      expect(probed.standIn.requests.filter(isUpdate)).toEqual([]);
    }
  });
});

describe('an image that gets products meanwhile', () => {
  test.each([['products come along'], ['products are absent']])(
    'is not touched again, and by hand it says what to put back: %s',
    async (reading) => {
      await using probed = await startProbed(
        ...(reading === 'products are absent' ? (['no-products'] as const) : []),
      );
      const { standIn } = probed;
      let updates = 0;
      standIn.intercept = (request, _response, proceed) => {
        if (isUpdate(request)) updates += 1;
        proceed();
        const image = standIn.images.get(SUBJECTS[0]);
        if (updates === 3 && image !== undefined) image.products = ['AP9'];
      };
      const { code, json } = await probed.probe('--write', ...SUBJECTS, '--yes');
      expect(code).toBe(1);
      expect(standIn.images.get(SUBJECTS[0])?.products).toEqual(['AP9']);
      expect(updates).toBe(4);
      expect(textsOf(standIn)[SUBJECTS[1]]).toEqual(ORIGINALS[SUBJECTS[1]]);
      const { title, description } = ORIGINALS[SUBJECTS[0]] ?? {};
      expect(json.putBack.left).toEqual([
        { guid: SUBJECTS[0], field: 'title', text: title },
        { guid: SUBJECTS[0], field: 'description', text: description },
      ]);
      expect(json.putBack.why).toContain('virtual inventory products');
    },
  );
});

describe('at the end', () => {
  test('also after Ctrl-C both images are as they were', async () => {
    await using probed = await startProbed();
    const { standIn } = probed;
    const argv = ['probe', ...probed.target, '--write', ...SUBJECTS, '--yes'];
    const { child, ended } = startCli(argv, {});
    await until(() => standIn.requests.filter(isUpdate).length >= 3);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toContain('Both images are as they were before.');
    expect(stdout).toContain('not seen: Ctrl-C');
    expect(textsOf(standIn)).toEqual(ORIGINALS);
  });

  test('after Ctrl-C while nobody knows how late lists are, too', async () => {
    await using probed = await startProbed('late-list');
    const { standIn } = probed;
    standIn.listLagSeconds = 30;
    const argv = ['probe', ...probed.target, '--write', ...SUBJECTS, '--yes'];
    const { child, ended } = startCli(argv, {});
    await until(() => standIn.requests.some(isUpdate));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(textsOf(standIn)).toEqual(ORIGINALS);
  });

  test('what FinerWorks does not take back is told: image, field, text', async () => {
    await using probed = await startProbed();
    probed.standIn.intercept = refusingFrom(3, 400);
    const { code, stdout } = await probed.show('--write', ...SUBJECTS, '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain(
      'Put back by hand (update_images: FinerWorks refused it: HTTP 400: No.)',
    );
    expect(stdout).toContain(`${SUBJECTS[0]} description: "By the <b>sea</b>"`);
    expect(stdout).toContain(`${SUBJECTS[1]} title: ""`);
    expect(probed.standIn.requests.length).toBeLessThanOrEqual(60);
  });

  test('a text that FinerWorks would not store any more is told, and the other is put back', async () => {
    await using probed = await startProbed('cut-texts');
    const title = 'A title from when they might be longer than fifty characters';
    const image = probed.standIn.images.get(SUBJECTS[0]);
    if (image !== undefined) image.title = title;
    const { code, json } = await probed.probe('--write', ...SUBJECTS, '--yes');
    expect(code).toBe(1);
    expect(json.putBack.left).toEqual([{ guid: SUBJECTS[0], field: 'title', text: title }]);
  });

  test('a call without an answer is minded', async () => {
    await using probed = await startProbed();
    let updates = 0;
    probed.standIn.intercept = (request, response, proceed) => {
      if (isUpdate(request)) updates += 1;
      if (isUpdate(request) && updates === 2) response.socket?.resetAndDestroy();
      else proceed();
    };
    const { code, json } = await probed.probe('--write', ...SUBJECTS, '--yes');
    expect(code).toBe(0);
    expect(json.notSeen.many).toBe('update_images: Network: ECONNRESET');
    expect(json.putBack.notes[0]).toContain('check both images again in an hour');
    expect(textsOf(probed.standIn)).toEqual(ORIGINALS);
  });
});
