import * as z from 'zod';
import { jsonOrUndefined } from '../../lambda/general/json-or-undefined.ts';

const Text = z.string();
const Present = z.unknown().refine((value) => value !== undefined);

/** One of them, or a list. */
const EACH = 'if type == "array" then .[] else . end';

/** What holds events as texts and is no event itself, and how `jq` gets the events out. */
const CARRIERS = [
  {
    // As `dlq export` writes it; other programs that export queues write much the same.
    shape: z
      .looseObject({ body: Text })
      .and(
        z.union([
          z.looseObject({ messageAttributes: Present }),
          z.looseObject({ attributes: Present }),
          z.looseObject({ failure: Present }),
        ]),
      ),
    name: 'a dead letter, as dlq export writes it',
    advice:
      'dlq redrive --file sends dead letters again, with their place in the order; as events of now take them out:',
    filter: `${EACH} | .event // (.body | fromjson)`,
  },
  {
    shape: z.looseObject({ Messages: z.array(z.looseObject({ Body: Text })) }),
    name: 'what aws sqs receive-message prints',
    filter: '.Messages[].Body | fromjson',
  },
  {
    shape: z.looseObject({ MessageId: Text, Body: Text }),
    name: 'a message of SQS',
    filter: `${EACH} | .Body | fromjson`,
  },
  {
    shape: z.looseObject({ Id: Text, MessageBody: Text }),
    name: 'an entry of send-message-batch',
    filter: `${EACH} | .MessageBody | fromjson`,
  },
  {
    shape: z.looseObject({ DetailType: Text, Detail: Text }),
    name: 'an entry of put-events',
    filter: `${EACH} | .Detail | fromjson`,
  },
  {
    shape: z.looseObject({ Entries: z.array(z.looseObject({ MessageBody: Text })) }),
    name: 'a request of send-message-batch',
    filter: '.Entries[].MessageBody | fromjson',
  },
  {
    shape: z.looseObject({ Records: z.array(z.looseObject({ body: Text })) }),
    name: 'an event that Lambda gives to a function',
    filter: '.Records[].body | fromjson',
  },
] as const;

const EventLike = z.union([
  z.looseObject({ guid: Present }),
  z.looseObject({ images: Present }),
  z.looseObject({ specversion: Present }),
]);

/**
 * Says what a JSON text is that holds events and is no event.
 *
 * @returns what it is and how to take the events out of it; undefined where that is not known
 */
export function foreignShape(text: string): string | undefined {
  const value = jsonOrUndefined(text);
  const carrier = CARRIERS.find(({ shape }) => shape.safeParse(value).success);
  if (carrier !== undefined) {
    const { name, filter } = carrier;
    const advice = 'advice' in carrier ? carrier.advice : 'take the events out:';
    return `${name}, not an event; ${advice} jq -c '${filter}' FILE > events.ndjson`;
  }
  const lists = Object.entries(
    z.record(z.string(), z.unknown()).safeParse(value).data ?? {},
  ).filter(([key, list]) => key !== 'images' && z.array(EventLike).min(1).safeParse(list).success);
  const [key] = lists.map(([name]) => name);
  if (key === undefined) return undefined;
  const named = JSON.stringify(key);
  return `a list of events under ${named}, not an event; take it out: jq -c '.[${named}][]' FILE > events.ndjson`;
}
