import type { TrailRecord } from '../../lambda/trail/read-trail.ts';
import { momentOf } from '../terminal/moment.ts';
import { plural } from '../terminal/plural.ts';

/** A message that was sent, for programs. */
export interface Sent {
  /** RFC 3339. */
  readonly at: string;
  readonly what: 'sent';
  readonly messageId: string;
  /** Of a redriven message: how often the event was redriven by then, and its first message. */
  readonly redrives?: number;
  readonly originMessageId?: string;
}

/** A record that was decided, for programs: every time as RFC 3339. */
export type Decided = Omit<TrailRecord, 'at' | 'sentAt' | 'origin'> & {
  readonly at: string;
  readonly what: 'decided';
  readonly sentAt: string;
  readonly origin?: Omit<NonNullable<TrailRecord['origin']>, 'sentAt'> & {
    readonly sentAt: string;
  };
};

/** One line of a timeline, for people and for programs. */
export interface TimelineRow<Json extends Sent | Decided = Sent | Decided> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  readonly json: Json;
}

/** The records of an event as a timeline, oldest first: its messages when they were sent, and each verdict. */
export function timelineOf(records: readonly TrailRecord[]): TimelineRow[] {
  const sendings = new Map<string, TimelineRow>();
  for (const { messageId, sentAt, origin } of records) {
    if (origin !== undefined && !sendings.has(origin.messageId)) {
      sendings.set(origin.messageId, sending(origin.messageId, origin.sentAt));
    }
    sendings.set(messageId, sending(messageId, sentAt, origin));
  }
  return [...sendings.values(), ...records.map(rowOf)].toSorted((one, other) => one.at - other.at);
}

function sending(messageId: string, at: number, origin?: TrailRecord['origin']): TimelineRow<Sent> {
  const redriven = origin && `redrive ${origin.redrives ?? ''} of ${origin.messageId}`;
  return {
    at,
    text: `${momentOf(at)}  sent as message ${messageId}${redriven ? `, ${redriven}` : ''}`,
    json: {
      at: momentOf(at),
      what: 'sent',
      messageId,
      ...(origin && { originMessageId: origin.messageId }),
      ...(origin?.redrives !== undefined && { redrives: origin.redrives }),
    },
  };
}

/** A verdict, with what is known about it. */
export function rowOf(record: TrailRecord): TimelineRow<Decided> {
  const { at, receives, detail, letterId, lastReason, faulty } = record;
  const facts = [
    `${verdictOf(record)}${lastReason ? ` by ${lastReason}` : ''}`,
    `receive ${receives}`,
    ...(letterId ? [`dead letter ${letterId}`] : []),
    ...(faulty ? [`at fault: ${faulty.join(' ')}`] : []),
  ];
  const text = `${momentOf(at)}  ${facts.join(', ')}`;
  return { at, text: detail ? `${text}\n${INDENT}${detail}` : text, json: jsonOf(record) };
}

/** Below the text of a row, beside its time. */
const INDENT = ' '.repeat(26);

/** `applied`, or `returned: Throttled` */
export function verdictOf({ verdict, reason }: TrailRecord): string {
  return reason === undefined ? verdict : `${verdict}: ${reason}`;
}

export function jsonOf({ at, sentAt, origin, ...record }: TrailRecord): Decided {
  return {
    at: momentOf(at),
    what: 'decided',
    ...record,
    sentAt: momentOf(sentAt),
    ...(origin && { origin: { ...origin, sentAt: momentOf(origin.sentAt) } }),
  };
}

/** Whether a verdict is about this image: where no image is named, it is about each. */
export function isAtFault({ faulty }: Pick<TrailRecord, 'faulty'>, guid: string): boolean {
  return faulty === undefined || faulty.includes(guid);
}

/** What an event is called: its own id, or where it has none that of its message. */
export function nameOf({ id, messageId }: Pick<TrailRecord, 'id' | 'messageId'>): string {
  return id ?? `message ${messageId}`;
}

/** `event order-17 from shop, account acme, 2 images` */
export function headingOf(records: readonly TrailRecord[]): string {
  const told = (key: 'id' | 'source' | 'account') =>
    records.map((record) => record[key]).find((value) => value !== undefined);
  const [id, source, account] = [told('id'), told('source'), told('account')];
  const images = Math.max(0, ...records.map(({ images }) => images));
  return [
    `event ${id ?? 'without a readable id'}${source ? ` from ${source}` : ''}`,
    ...(account ? [`account ${account}`] : []),
    plural(images, 'image'),
  ].join(', ');
}
