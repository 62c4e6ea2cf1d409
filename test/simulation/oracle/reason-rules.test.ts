import { expect, test } from '@jest/globals';
import type { CallRecord } from '../../../simulation/finerworks/call-record.ts';
import { Library } from '../../../simulation/finerworks/library.ts';
import { checkReason } from '../../../simulation/oracle/reason-rules.ts';
import { RefusalBook } from '../../../simulation/oracle/refusal-book.ts';
import type { WantedImage } from '../../../simulation/producer/event.ts';
import { BAD_GUID, BAD_TEXT } from '../../../simulation/producer/images.ts';
import { GUID, producedEvent } from '../../helpers/produced-events.ts';
import { callRecord, invocationOf } from '../../helpers/simulated-calls.ts';
import { simulatedSettings } from '../../helpers/simulated-settings.ts';

const WANTED = { guid: GUID, title: 'new' };
const LONG = 'x'.repeat(1_000);
const SENT_ALONG = [{ key: `${GUID} description`, guid: GUID, value: LONG, seenAt: 0 }];

/** Which rules a dead letter breaks that blames the image, after it was refused as told. */
function brokenAfter(given: Partial<CallRecord>): string[] {
  return brokenBy(WANTED, [callRecord([WANTED], 'refused', given)]);
}

/** Which rules a dead letter breaks that blames the image an hour after its event, after these calls. */
function brokenBy(image: WantedImage, calls: CallRecord[], newImageSeconds = 0): string[] {
  const event = producedEvent('e1', { images: [image] });
  const refusals = new RefusalBook();
  const others = callRecord([{ ...WANTED, guid: 'other' }], 'applied', { at: 2_000 });
  for (const call of [...calls, others]) refusals.learn(call);
  const broken: string[] = [];
  const failure = {
    ...{ reason: 'Refused', guids: [image.guid], attempts: 1, requestId: 'request-i1' },
    origin: { messageId: event.messageId, sentTimestamp: 0 },
  };
  checkReason(
    {
      ...{ event, failure, refusals, maxBytes: 1_000, now: 3_600_000, deaths: 0 },
      invocation: invocationOf({ calls }),
      settings: simulatedSettings({ newImageSeconds }),
      readings: new Set(),
      library: new Library(() => 0, new Set()),
      isEvidenceLost: false,
    },
    (rule) => broken.push(rule),
  );
  return broken;
}

test('an image is to blame that is too large with what goes along, as far as that went along', () => {
  const images = [{ ...WANTED, description: LONG }];
  const call = { account: null, images: [WANTED], text: JSON.stringify({ images }) };
  expect(brokenAfter({ call, standing: SENT_ALONG })).toEqual([]);
  expect(brokenAfter({ call })).toEqual(['WronglyDeadLettered']);
  expect(brokenAfter({ standing: SENT_ALONG })).toEqual(['WronglyDeadLettered']);
});

test('an image that FinerWorks took before is not too young to be to blame', () => {
  const guid = `${BAD_GUID}1`;
  const refusedImage = { guid, title: `${BAD_TEXT} title` };
  const taken = callRecord([{ guid, title: 'old' }], 'applied');
  const refused = callRecord([refusedImage], 'refused');
  expect(brokenBy(refusedImage, [refused], 3_601)).toEqual(['BlamedTooYoung']);
  expect(brokenBy(refusedImage, [taken, refused], 3_601)).toEqual([]);
});
