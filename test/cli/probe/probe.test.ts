import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Probed } from '../../../infra/doctor/probed.ts';
import { LOCAL_KEYS, type LocalSystem } from '../../../local/system.ts';
import { cli, cliJson } from '../../helpers/cli.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { startTestSystem } from '../../helpers/local-run.ts';
import { ORIGINALS, PROBE_KEYS, SUBJECTS, startProbed, textsOf } from '../../helpers/probe.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
  Object.assign(process.env, system.environment, system.functionEnvironment);
});
afterAll(async () => {
  await system[Symbol.asyncDispose]();
});

describe('what is asked', () => {
  test('is at most 60 calls, even where everything takes the most', async () => {
    await using probed = await startProbed('no-products');
    const { standIn } = probed;
    standIn.intercept = ({ method, body }, response, proceed) => {
      if (method !== 'PUT' || body.length < 300) return proceed();
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"Message":"Too long"}');
    };
    const { code, json } = await probed.probe('--write', ...SUBJECTS, '--yes');
    expect(code).toBe(0);
    expect(standIn.requests.length).toBeLessThanOrEqual(60);
    expect(Object.values(json.notSeen)).toContain('48 calls were made by then');
    expect(textsOf(standIn)).toEqual(ORIGINALS);
  });

  test('a limit of length that refuses is searched for', async () => {
    await using probed = await startProbed();
    probed.standIn.intercept = ({ method, body }, response, proceed) => {
      const { title = '', description = '' } = method === 'PUT' ? JSON.parse(body).images[0] : {};
      if (title?.length <= 50 && description?.length <= 255) return proceed();
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"Message":"Too long"}');
    };
    const { json } = await probed.probe('--write', ...SUBJECTS, '--yes');
    expect(json.facts.titleLength).toEqual({ whole: 50, tooLong: 51, beyond: 'refused' });
    // As closely as the calls allow.
    const { whole, tooLong, beyond } = json.facts.descriptionLength;
    expect(beyond).toBe('refused');
    expect([whole <= 255, tooLong > 255]).toEqual([true, true]);
  });

  test('is asked as slowly as it was told', async () => {
    await using probed = await startProbed();
    const at: number[] = [];
    probed.standIn.intercept = (_request, _response, proceed) => {
      at.push(performance.now());
      proceed();
    };
    await cli(['probe', ...probed.target.slice(0, 4), '--calls-per-second', '20']);
    const gaps = at.slice(1).map((moment, n) => moment - (at[n] ?? 0));
    // A call may arrive a little later than it was made, and the next one not.
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(mean).toBeGreaterThan(45);
  });

  test('shows headers that tell of limits, without what a terminal would obey, and no key', async () => {
    await using probed = await startProbed();
    probed.standIn.intercept = (_request, response, proceed) => {
      response.setHeader('X-RateLimit-Limit', `5\u009b31m ${PROBE_KEYS.app_key}`);
      proceed();
    };
    const { stdout } = await probed.show();
    expect(stdout).toMatch(/no answer tells of a limit +x-ratelimit-limit: 5/);
    expect(stdout).not.toContain('\u009b');
    expect(stdout).not.toContain(PROBE_KEYS.app_key);
  });

  test('ends with 3 where the keys are refused, after one call', async () => {
    await using probed = await startProbed();
    probed.standIn.keys = { web_api_key: 'rotated-key', app_key: 'rotated-key' };
    const { code, json } = await probed.probe();
    expect([code, json.error.cause]).toEqual([3, 'BadKeys']);
    expect(probed.standIn.requests).toHaveLength(1);
  });

  test('the keys of a deployment go to its own address only', async () => {
    const { code, stderr } = await cli(['probe', '--api', 'https://elsewhere.example']);
    expect(code).toBe(2);
    expect(stderr).toContain('--api goes with --keys only');
  });
});

describe('what is kept', () => {
  test('holds neither keys nor guids nor texts, and check compares settings with it', async () => {
    await using folder = await temporaryFolder();
    const file = folder.at('kept.json');
    const argv = ['probe', '--calls-per-second', '1000', '--save', file];
    const { code } = await cliJson(argv);
    expect(code).toBe(0);
    const content = readFileSync(file, 'utf8');
    for (const key of Object.values(LOCAL_KEYS)) expect(content).not.toContain(key);
    const probed = Probed.parse(JSON.parse(content));
    expect(probed.facts.keys).toBe('accepted');

    const agreeing = await cliJson(['check', '--probe', file]);
    expect(agreeing.code).toBe(0);
    const cut = { whole: 50, tooLong: 1_000, beyond: 'cut' } as const;
    const facts = { ...probed.facts, titleLength: cut };
    const other = await folder.write('other.json', JSON.stringify({ ...probed, facts }));
    const { code: fails, json } = await cliJson(['check', '--probe', other]);
    expect(fails).toBe(1);
    expect(json.findings).toContainEqual({
      subject: 'probe',
      result: 'fails',
      detail: expect.stringContaining('maxTitleLength is not set, but what is longer than 50'),
    });
  });

  test('check says of a probe that there is not, or of another address, no more than that', async () => {
    await using folder = await temporaryFolder();
    const probed = { format: 1, at: new Date().toISOString(), calls: 1, facts: {}, notSeen: {} };
    const apiUrl = 'https://api.finerworks.com';
    const other = await folder.write('o.json', JSON.stringify({ ...probed, apiUrl }));
    for (const file of [folder.at('none.json'), other]) {
      const { code, json } = await cliJson(['check', '--probe', file]);
      expect(code).toBe(0);
      expect(json.findings).toContainEqual(
        expect.objectContaining({ subject: 'probe', result: 'unknown' }),
      );
    }
  });
});
