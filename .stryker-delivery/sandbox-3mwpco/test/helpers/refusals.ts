// @ts-nocheck
import type { Answer } from '../../lambda/finerworks/answer.ts';
import type { Call } from '../../lambda/finerworks/call.ts';
import { refusal, success } from './answers.ts';
import { guidsOf } from './delivery.ts';
import { guid } from './records.ts';

/**
 * FinerWorks answers every call so that holds one of these images, and takes all others.
 *
 * @param bad images by their numbers
 * @param badAnswer given the call's bad images; a refusal that names none unless the test says otherwise
 */
export function exceptFor(
  bad: readonly number[],
  badAnswer: (guids: readonly string[], call: Call) => Answer = () => refusal(),
): (call: Call) => Answer {
  const badGuids = new Set(bad.map(guid));
  return (call) => {
    const inCall = guidsOf(call).filter((id) => badGuids.has(id));
    return inCall.length > 0 ? badAnswer(inCall, call) : success();
  };
}
