import type { SeededRandom } from '../world/random.ts';

/** What an envelope says about its event. */
export interface Label {
  readonly id: string;
  /** Milliseconds since 1970, and the nanoseconds of the last one. */
  readonly milliseconds: number;
  readonly nanoseconds: number;
}

/** A body in its envelope, and what is then true of the event. */
interface Wrapped {
  readonly body: object;
  /** What the envelope or the body says; the queue gives the rest. */
  readonly label: Partial<Label>;
}

type Wrap = (content: object, label: Label, random: SeededRandom) => Wrapped;

/** Envelopes come before the event itself, so a wrong fact inside must not matter. */
const DECOY = { id: 'decoy', time: '2001-01-01T00:00:00Z' };

const plain: Wrap = (content, label, random) => {
  const { id, milliseconds, nanoseconds } = label;
  const hasId = random.chance(0.5);
  const hasTime = random.chance(0.7);
  return {
    body: { ...content, ...(hasId && { id }), ...(hasTime && { time: write(label, random) }) },
    label: { ...(hasId && { id }), ...(hasTime && { milliseconds, nanoseconds }) },
  };
};

const cloudEvents: Wrap = (content, label, random) => {
  const data = random.chance(0.3) ? { ...DECOY, ...content } : content;
  const event = { specversion: '1.0', id: label.id, source: '/catalogue', type: 'image' };
  const time = write(label, random);
  return { body: { ...event, time, data: asText(data, label) }, label };
};

/** EventBridge writes whole seconds. */
const eventBridge: Wrap = (content, given, random) => {
  const label = wholeSeconds(given);
  const detail = random.chance(0.3) ? { ...DECOY, ...content } : content;
  const time = new Date(label.milliseconds).toISOString().replace('.000', '');
  const event = { 'detail-type': 'image', id: label.id, source: 'pim', time };
  return { body: { ...event, detail: asText(detail, given) }, label };
};

/** SNS only carries: what the event itself says comes first. */
const sns: Wrap = (content, label, random) => {
  const inner = random.pick([plain, cloudEvents])(content, label, random);
  const { id, milliseconds } = label;
  const body = {
    Type: 'Notification',
    MessageId: id,
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:images',
    Message: JSON.stringify(inner.body),
    Timestamp: new Date(milliseconds).toISOString(),
  };
  return { body, label: { id, milliseconds, nanoseconds: 0, ...inner.label } };
};

/** The innermost of the two counts for the event. */
const eventBridgeAroundCloudEvents: Wrap = (content, label, random) => {
  const inner = cloudEvents(content, label, random);
  const outer = { id: 'outer', milliseconds: label.milliseconds + 60_000, nanoseconds: 0 };
  return { ...eventBridge(inner.body, outer, random), label: inner.label };
};

export const ENVELOPES: readonly Wrap[] = [
  plain,
  plain,
  cloudEvents,
  eventBridge,
  sns,
  eventBridgeAroundCloudEvents,
];

/** Some producers write what is inside as a text. */
function asText(content: object, { nanoseconds }: Label): object | string {
  return nanoseconds % 4 === 1 ? JSON.stringify(content) : content;
}

function wholeSeconds({ id, milliseconds }: Label): Label {
  return { id, milliseconds: Math.floor(milliseconds / 1_000) * 1_000, nanoseconds: 0 };
}

/** The same moment, in one of the ways in which RFC 3339 lets it be written. */
function write(label: Label, random: SeededRandom): string {
  const offsetMinutes = random.pick([0, 0, 60, -330]);
  const shown = new Date(label.milliseconds + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const nanoseconds = String(label.nanoseconds).padStart(6, '0');
  return `${shown}${nanoseconds}${offsetMinutes === 0 ? 'Z' : writeOffset(offsetMinutes)}`;
}

function writeOffset(minutes: number): string {
  const absolute = Math.abs(minutes);
  const [hours, rest] = [Math.floor(absolute / 60), absolute % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** A moment as the function itself writes it into `failure` and `redrive`. */
export function exactTime({ milliseconds, nanoseconds }: Omit<Label, 'id'>): string {
  const whole = new Date(milliseconds).toISOString().slice(0, -1);
  return `${whole}${String(nanoseconds).padStart(6, '0')}Z`;
}
