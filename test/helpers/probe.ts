import type { ReadingName } from '../../local/finerworks/readings.ts';
import { type StandIn, startStandIn } from '../../local/finerworks/stand-in.ts';
import { cli, cliJson } from './cli.ts';
import { temporaryFolder } from './folder.ts';

export const PROBE_KEYS = { web_api_key: 'probe-web-api-key', app_key: 'probe-app-key' };

/** Guids with letters, which have two forms. */
const guid = (n: number) => `0b6c1d2e-3f40-4a5b-8c6d-${String(n).padStart(12, '0')}`;

/** The two images that may be changed, and what they are. */
export const SUBJECTS = [guid(1), guid(2)] as const;
export const ORIGINALS = {
  [guid(1)]: { title: 'Sunflowers', description: 'By the <b>sea</b>' },
  [guid(2)]: { title: '', description: 'Unnamed' },
};
/** An image that a shop sells. */
export const SOLD = guid(3);

/** A FinerWorks of twelve images, one of them with products, and the keys to it in a file. */
export async function startProbed(...readings: readonly ReadingName[]) {
  const folder = await temporaryFolder();
  const standIn = await startStandIn({ keys: PROBE_KEYS });
  standIn.images.home = 'inventory';
  standIn.readings = new Set(readings);
  standIn.listLagSeconds = 0.9;
  for (const subject of SUBJECTS) standIn.images.add([subject], ORIGINALS[subject] ?? {});
  standIn.images.add([SOLD], { title: 'Sold', products: ['AP1'] });
  standIn.images.add(Array.from({ length: 9 }, (_, n) => guid(10 + n)));
  const keys = await folder.write('keys.json', JSON.stringify(PROBE_KEYS));
  const target = ['--keys', keys, '--api', standIn.url, '--calls-per-second', '1000'];
  return {
    standIn,
    folder,
    target,
    /** Runs `probe` for programs. */
    probe: (...argv: readonly string[]) => cliJson(['probe', ...target, ...argv]),
    /** Runs it for people. */
    show: (...argv: readonly string[]) => cli(['probe', ...target, ...argv]),
    [Symbol.asyncDispose]: async () => {
      await standIn.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The texts of the two images, as the stand-in has them. */
export function textsOf({ images }: StandIn) {
  return Object.fromEntries(
    SUBJECTS.map((subject) => {
      const { title, description } = images.get(subject) ?? {};
      return [subject, { title, description }];
    }),
  );
}
