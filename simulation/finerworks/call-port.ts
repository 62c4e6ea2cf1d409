import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Send } from '../../lambda/finerworks/client.ts';
import type { Invocation } from '../aws/invocation.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';
import { resetAnswer } from './answers.ts';
import type { CallRecord } from './call-record.ts';
import { readWireCall, type WireCall } from './wire.ts';

/** What the client does for one invocation: a call takes its time-out at most. */
export function callPort(world: World, invocation: Invocation, life: Life): Send {
  const { scheduler, product, api, trace, oracle } = world;
  const timeout = world.settings.callTimeoutSeconds * 1_000;
  return (call, keys) => {
    const wire = readWireCall(product.toBody(call));
    return life.outward<Answer>('a call', (reply) => {
      const record: CallRecord = { at: scheduler.now(), call: wire, keys };
      invocation.calls.push(record);
      oracle.callStarts(record);
      trace.tell(invocation.name, `calls with ${keys.app_key}: ${describe(wire)}`);
      const handling = api.handle(wire, keys);
      if (handling.applies.length > 0) {
        scheduler.after(handling.appliesAfter, () => oracle.applied(handling.applies));
      }
      const isTimedOut = handling.answersAfter >= timeout;
      scheduler.after(Math.min(timeout, handling.answersAfter), () => {
        const answer: Answer = isTimedOut ? timedOut(timeout) : handling.answer;
        record.answeredAt = scheduler.now();
        record.meaning = isTimedOut ? 'transient' : handling.meaning;
        record.confirmed = isTimedOut ? [] : handling.confirms;
        record.isContractWrong = handling.isContractWrong ?? false;
        record.isReset = answer === resetAnswer;
        if (!isTimedOut && handling.retryAfter !== undefined) {
          record.retryAfter = handling.retryAfter;
        }
        oracle.confirmed(record.confirmed);
        const said = answer.kind === 'none' ? answer.detail : `${answer.status} ${answer.text}`;
        trace.tell(invocation.name, `is answered (${record.meaning}) ${said.slice(0, 200)}`);
        reply.resolve(answer);
      });
    });
  };
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

/** The ends of a guid are what differs here: `bad…17`. */
export function shortGuid(guid: string): string {
  return `${guid.slice(0, 3)}…${Number(guid.slice(-12))}`;
}
