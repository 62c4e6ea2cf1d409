import type { Outcome } from '../definition.ts';
import { describeError } from '../errors.ts';
import { plural } from '../terminal/plural.ts';
import type { FileSending } from './send-file.ts';

/** How sending files to a queue ended. */
export function outcomeOf(sendings: readonly FileSending[], queueUrl: string): Outcome {
  const stopped = sendings.find(({ unreachable }) => unreachable !== undefined)?.unreachable;
  const described = stopped === undefined ? undefined : describeError(stopped);
  const isAll = sendings.every((sending) => leftOf(sending) === 0);
  const error = described && { cause: described.cause, message: described.message };
  const isRefused = sendings.some(({ failed }) => failed.some(({ refused }) => refused));
  const exitCode = described?.exitCode ?? (isRefused ? 2 : isAll ? 0 : 1);
  return {
    exitCode,
    text: [...sendings.map(render), ...(described === undefined ? [] : [described.message])].join(
      '\n',
    ),
    json: {
      queueUrl,
      files: sendings.map(({ unreachable: _, ...sending }) => sending),
      ...(error && { error }),
    },
  };
}

/** Events that are not sent and should be. */
function leftOf({ events, sentBefore, sent, unchanged }: FileSending): number {
  return events - sentBefore - sent - unchanged.events;
}

function render(sending: FileSending): string {
  const { file, events, sentBefore, sent, failed } = sending;
  const before = sentBefore === 0 ? '' : `, ${sentBefore.toLocaleString('en')} of earlier runs`;
  const refused = failed.filter((line) => line.refused).length;
  const left = leftOf(sending) - refused;
  const rest =
    left === 0 ? '' : `, ${left.toLocaleString('en')} not sent: the same again goes on from here`;
  const never =
    refused === 0
      ? ''
      : `, ${refused.toLocaleString('en')} refused by the queue for good: correct and send them in a file of their own`;
  const lines = failed.map(
    (line) => `${file}:${line.line}: ${line.refused ? 'refused' : 'not sent'}: ${line.why}`,
  );
  const done = sentBefore === events ? '\n  all were sent before; --restart sends them again' : '';
  const said = `${file}: ${plural(sent, 'event')} sent${before}${unchangedOf(sending)}${rest}${never}${done}`;
  return [...lines, said].join('\n');
}

function unchangedOf({ unchanged: { events, images } }: FileSending): string {
  const whole = events === 0 ? '' : `, ${events.toLocaleString('en')} left out as unchanged`;
  const parts = images === 0 ? '' : `, ${plural(images, 'unchanged image')} left out of others`;
  return whole + parts;
}
