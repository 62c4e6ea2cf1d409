import type { Rejection } from '../lambda/verdicts/reasons.ts';
import type { ImageChange } from './event.ts';

/** The result of one change. */
export type PublishResult<Change extends ImageChange = ImageChange> = {
  readonly change: Change;
} & (
  | {
      /** The queue confirmed it. */
      readonly status: 'sent';
      readonly eventId: string;
      readonly messageId: string;
    }
  | {
      /**
       * Nothing was sent: the function would dead-letter it with this reason, or there is no JSON of it
       * (`NotJson`: a BigInt, say, or an object that holds itself; `NotAnObject`: null, say).
       */
      readonly status: 'invalid';
      readonly reason: Rejection;
      /** Every fault by path. */
      readonly detail: string;
    }
  | {
      /** The queue did not confirm it, so it may or may not be there: send it again, same id. */
      readonly status: 'failed';
      readonly eventId: string;
      /** The SDK's or the queue's code, `AccessDenied` say. */
      readonly cause: string;
    }
);
