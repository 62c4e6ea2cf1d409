import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withoutImages } from '../../../cli/events/without-images.ts';
import { checkedEvents, isFault } from '../../../cli/files/checked-events.ts';
import { eventFile, readEntries } from '../../../cli/files/event-file.ts';
import { eventChangesIn, type SourceReading } from '../../../cli/preview/event-changes.ts';
import { unchangedImages } from '../../../cli/preview/unchanged-images.ts';
import { Interruption } from '../../../cli/terminal/interruption.ts';
import { explainingReader } from '../../../lambda/contract/faults/explaining-reader.ts';
import { FIELDS } from '../../../lambda/contract/fields.ts';
import { coalesce } from '../../../lambda/images/coalesce.ts';
import { temporaryFolder } from '../../helpers/folder.ts';
import { guid } from '../../helpers/records.ts';

const stream = new PassThrough();
const COMMON = {
  readEvent: explainingReader({}),
  terminal: {
    ...{ stdin: stream, stdout: stream, stderr: stream, environment: {} },
    interruption: new Interruption(),
  },
  settings: { clockAheadMinutes: 15, maxTimeAgeYears: 20, virtualInventory: 'protect' },
  sentAt: Date.parse('2026-11-23T12:00:00Z'),
  isForced: false,
} as const;

const text = fc.constantFrom('', 'x', 'y');
const events = fc.array(
  fc.record({
    images: fc.uniqueArray(
      fc.record(
        { guid: fc.nat(3).map(guid), title: text, description: text },
        { requiredKeys: ['guid', 'title'] },
      ),
      { selector: ({ guid }) => guid, minLength: 1 },
    ),
    account_key: fc.constantFrom(null, 'a'),
    time: fc.option(
      fc.nat(3).map((second) => `2026-11-23T10:00:0${second}Z`),
      { nil: undefined },
    ),
  }),
  { minLength: 1 },
);
/** What FinerWorks has of the images that it lists. */
const shown = fc.dictionary(fc.nat(3).map(guid), fc.record({ title: text, description: text }), {
  noNullPrototype: true,
});
type Shown = Readonly<Record<string, { readonly title: string; readonly description: string }>>;

const readingOf = (name: string): SourceReading => ({
  ...COMMON,
  sources: [
    {
      file: eventFile(name, 'ndjson'),
      run: { run: 'run', startedAt: COMMON.sentAt },
      isSent: () => false,
    },
  ],
});

/** What images have once all events of a file were applied. */
async function afterAllOf(name: string, shown: Shown) {
  const changes = [];
  for await (const event of eventChangesIn(readingOf(name))) changes.push(...event.changes);
  const images: Record<string, Record<string, string | undefined>> = structuredClone(shown);
  for (const update of coalesce(changes)) {
    const image = { ...images[update.guid] };
    for (const field of FIELDS) image[field] = update[field] ?? image[field];
    images[update.guid] = image;
  }
  return images;
}

test('whatever a file wants, what differs of it leaves every image as all of it would', async () => {
  await using folder = await temporaryFolder();
  await fc.assert(
    fc.asyncProperty(events, shown, async (wanted, shown) => {
      const lines = wanted.map((event) => JSON.stringify(event));
      const all = await folder.write('all.ndjson', lines.join('\n'));
      const list = async (_account: string | null, guids: readonly string[]) =>
        new Map(
          guids.flatMap((guid) => {
            const image = shown[guid];
            return image === undefined ? [] : [[guid, { ...image, skus: [] }] as const];
          }),
        );
      const unchanged = await unchangedImages({
        ...COMMON,
        ...readingOf(all),
        settings: COMMON.settings,
        lists: { list, calls: 0 },
        stop: new AbortController().signal,
      });
      const rest: string[] = [];
      for await (const batch of checkedEvents(
        readEntries(eventFile(all, 'ndjson'), stream),
        COMMON.readEvent,
      )) {
        for (const checked of batch) {
          const left = isFault(checked)
            ? undefined
            : withoutImages(checked, unchanged ?? new Set());
          if (left !== undefined) rest.push(left.text);
        }
      }
      const some = await folder.write('some.ndjson', rest.join('\n'));
      expect(await afterAllOf(some, shown)).toEqual(await afterAllOf(all, shown));
    }),
  );
});
