import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { FinerWorks } from '../../lambda/finerworks/client.ts';
import type { Invocation } from '../aws/invocation.ts';
import { withoutStanding } from '../oracle/standing-values.ts';
import { kills } from '../world/killer.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import { resetAnswer } from './answers.ts';
import type { CallRecord, ListRecord } from './call-record.ts';
import type { Listing } from './handling.ts';
import type { WireList } from './list-api.ts';
import { readWireCall, type WireCall, type WireImage } from './wire.ts';

/** What the client does for one invocation: a call takes its timeout at most. */
export function callPorts(world: World, invocation: Invocation, life: Life): FinerWorks {
  const { scheduler, product, api, lists, trace, oracle, library } = world;
  const { callTimeoutSeconds } = world.settings;
  const send: FinerWorks['send'] = (call, keys, timeoutSeconds = callTimeoutSeconds) => {
    const timeout = timeoutSeconds * 1_000;
    const wire = readWireCall(product.toBody(call));
    return life.outward<Answer>('a call', (reply) => {
      if (kills(world, 'calling', wire.text)) {
        invocation.isKilled = true;
        return life.die('of a call');
      }
      const { call: asked, standing } = withoutStanding(wire, invocation);
      const askedOf = (images: readonly WireImage[]) =>
        images.map((image) => asked.images[wire.images.indexOf(image)] ?? image);
      const at = scheduler.now();
      const { notings: part } = invocation;
      const sent = { at, call: asked, standing, keys, part };
      const record: CallRecord = { ...sent, givenUpAfter: timeout };
      oracle.callStarts(record, invocation);
      invocation.calls.push(record);
      trace.tell(invocation.name, `calls with ${keys.app_key}: ${describe(wire)}`);
      const handling = api.handle(wire, keys);
      if (handling.applies.length > 0) {
        scheduler.after(handling.appliesAfter, () => {
          trace.tell('finerworks', `applies a call of ${invocation.name}: ${describe(wire)}`);
          const { isControl = false } = record;
          if (isControl) oracle.controlApplies(handling.applies, invocation);
          const applied = askedOf(handling.applies);
          oracle.overwrites.blanked(library.blankedBy(handling.applies), invocation);
          const company = oracle.overwrites.applies(applied, standing, invocation);
          const losing = askedOf(library.write(handling.applies));
          oracle.overwrites.applied(applied, losing, invocation, company);
        });
      }
      const isTimedOut = handling.answersAfter >= timeout;
      scheduler.after(Math.min(timeout, handling.answersAfter), () => {
        const answer: Answer = isTimedOut ? timedOut(timeout) : handling.answer;
        record.answeredAt = scheduler.now();
        record.meaning = isTimedOut ? 'transient' : handling.meaning;
        record.confirmed = isTimedOut ? [] : askedOf(handling.confirms);
        record.claimed = isTimedOut ? [] : askedOf(handling.claims ?? []);
        record.isContractWrong = handling.isContractWrong ?? false;
        record.isReset = answer === resetAnswer;
        record.isTimedOut = isTimedOut;
        if (!isTimedOut && handling.retryAfter !== undefined) {
          record.retryAfter = handling.retryAfter;
        }
        oracle.callAnswered(record, invocation);
        const said = answer.kind === 'none' ? answer.detail : `${answer.status} ${answer.text}`;
        trace.tell(invocation.name, `is answered (${record.meaning}) ${said.slice(0, 200)}`);
        reply.resolve(answer);
      });
    });
  };
  const ask = (
    name: string,
    asked: WireList,
    list: () => Listing,
    timeoutSeconds = callTimeoutSeconds,
  ) => {
    const timeout = timeoutSeconds * 1_000;
    return life.outward<Answer>('a list call', (reply) => {
      const record: ListRecord = { at: scheduler.now(), ...asked, givenUpAfter: timeout };
      invocation.lists.push(record);
      oracle.listStarts(record, invocation);
      const { answer, answersAfter, shown, retryAfter, meaning } = list();
      const isTimedOut = answersAfter >= timeout;
      scheduler.after(Math.min(timeout, answersAfter), () => {
        record.answeredAt = scheduler.now();
        record.meaning = isTimedOut ? 'transient' : meaning;
        record.isTimedOut = isTimedOut;
        record.isReset = !isTimedOut && answer === resetAnswer;
        if (!isTimedOut) {
          record.shown = shown;
          if (retryAfter !== undefined) record.retryAfter = retryAfter;
          oracle.seen(library.upToDate(shown));
        }
        const said = shown.map(({ guid }) => {
          const mark = library.hasProducts(guid) ? '*' : '';
          return `${shortGuid(guid)}${mark}`;
        });
        trace.tell(
          invocation.name,
          `lists ${asked.guids.length} ${name}: ${isTimedOut ? 'no answer' : said.join(' ') || 'none'}`,
        );
        reply.resolve(isTimedOut ? timedOut(timeout) : answer);
      });
    });
  };
  const listImages: FinerWorks['listImages'] = ({ account, guids }, keys, timeoutSeconds) => {
    const asked = { account, guids };
    return ask('images', asked, () => lists.list(asked, keys), timeoutSeconds);
  };
  const listVirtualInventory: FinerWorks['listVirtualInventory'] = (
    query,
    keys,
    timeoutSeconds,
  ) => {
    const { account, guids, page } = query;
    const asked = { account, guids };
    const list = () => lists.products(asked, page, keys);
    return ask('images for products', asked, list, timeoutSeconds);
  };
  return { send, listImages, listVirtualInventory };
}

function timedOut(timeout: number): Answer {
  return { kind: 'none', cause: 'Timeout', detail: `no answer within ${timeout / 1_000} s` };
}

function describe({ account, images }: WireCall): string {
  const parts = images.map(({ guid, ...texts }) => {
    const shown = Object.entries(texts).map(([field, text]) => `${field}=${text?.slice(0, 30)}`);
    return `${shortGuid(guid)}{${shown.join(', ')}}`;
  });
  return `${account ?? 'own account'}: ${parts.join(' ')}`;
}

/** The two ends of a guid, in which the guids here differ: `bad…17`. */
function shortGuid(guid: string): string {
  return `${guid.slice(0, 3)}…${Number(guid.slice(-12))}`;
}
