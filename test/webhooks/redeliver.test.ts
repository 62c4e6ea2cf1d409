import { expect, test } from '@jest/globals';
import type { Publisher } from '../../producer/publisher.ts';
import { letterOf } from '../../webhooks/letter.ts';
import { redeliver } from '../../webhooks/redeliver.ts';
import { SOURCES } from '../../webhooks/sources/sources.ts';
import { signedRequest } from '../helpers/webhooks.ts';

const source = SOURCES.contentful;
const letter = letterOf(signedRequest('contentful', { now: 0 }), {
  ...{ source: 'contentful', requestId: 'r', now: 0 },
});
const published: unknown[] = [];
const publish: Publisher['publish'] = async (changes) =>
  [...changes].map((change) => {
    published.push(change);
    return { change, status: 'sent', eventId: 'e', messageId: 'm' };
  });
const secrets = async () => ({ signing: [], content: {} });

test('a letter is mapped by the places of now, however long ago it was signed', async () => {
  const places = { ...source.places, title: 'fields.title.de-DE' };
  const answer = await redeliver({ redeliver: letter }, { source, places, publish, secrets });
  expect(answer).toEqual({ answer: 'published' });
  expect(published).toMatchObject([{ images: [{ title: 'Fjord im Morgenlicht' }] }]);
});

test('one without its body stays where it is', async () => {
  const given = { redeliver: { ...letter, body: null } };
  expect(await redeliver(given, { source, places: source.places, publish, secrets })).toMatchObject(
    {
      answer: 'undelivered',
      fault: { detail: expect.stringContaining('let its sender send it again') },
    },
  );
});

test('what is no letter fails', async () => {
  const dependencies = { source, places: source.places, publish, secrets };
  await expect(redeliver({ Records: [] }, dependencies)).rejects.toThrow();
});
