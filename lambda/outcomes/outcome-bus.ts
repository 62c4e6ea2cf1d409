import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { TELLER } from './outcome.ts';
import { OUTCOME_CLIENT_SETTINGS, type SendBounded } from './outcome-client.ts';

/** Sends outcomes to a bus: `detail` is the whole CloudEvent. @param bus its ARN or name */
export function connectBus(bus: string): SendBounded {
  const client = new EventBridgeClient(OUTCOME_CLIENT_SETTINGS);
  return async (outcomes, abortSignal) => {
    const command = new PutEventsCommand({
      Entries: outcomes.map((outcome) => ({
        EventBusName: bus,
        Source: TELLER,
        DetailType: outcome.type,
        Time: new Date(outcome.time),
        Detail: JSON.stringify(outcome),
      })),
    });
    const { Entries = [] } = await client.send(command, { abortSignal });
    // Answers stand in the order of what was sent (AWS: EventBridge PutEvents).
    return new Map(
      outcomes.flatMap((_, position) => {
        const { EventId, ErrorCode = 'NotConfirmed' } = Entries[position] ?? {};
        return EventId === undefined ? [[position, ErrorCode]] : [];
      }),
    );
  };
}
