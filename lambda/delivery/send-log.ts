import { FIELDS, type Field, fieldsOf, type Values } from '../contract/fields.ts';
import type { Call } from '../finerworks/call.ts';
import type { CallVerdict } from '../finerworks/classify.ts';
import type { Update } from '../images/change.ts';

/** A value that a call was to set. */
export interface SentValue {
  readonly value: string;
  /** Whether FinerWorks confirmed the call; else its effect is unknown. */
  readonly isConfirmed: boolean;
}

/** How far images got in the calls of one invocation. */
export class SendLog {
  /** Images of calls that may have taken effect. */
  readonly sent = new Set<string>();
  /** By image: attempts whose effect is unknown. */
  readonly doubtful = new Map<string, number>();
  readonly #values = new Map<string, { [field in Field]?: SentValue }>();

  /** A call was attempted. */
  note({ updates }: Call, verdict: CallVerdict): void {
    if (verdict.kind === 'retry' && !verdict.mayTakeEffect) return;
    for (const update of updates) {
      const { guid } = update;
      this.sent.add(guid);
      if (verdict.kind === 'retry') this.doubtful.set(guid, this.doubtsOf(guid) + 1);
      const isLeftOut = verdict.kind === 'applied' && verdict.listed?.has(guid) === false;
      if (verdict.kind !== 'refused' && !isLeftOut) this.#set(update, verdict.kind === 'applied');
    }
  }

  doubtsOf(guid: string): number {
    return this.doubtful.get(guid) ?? 0;
  }

  /** The last value that was sent for a change; undefined where none was, or it was refused. */
  lastOf(guid: string, field: Field): SentValue | undefined {
    return this.#values.get(guid)?.[field];
  }

  /** The same for all fields. */
  lastValuesOf(guid: string): Values {
    return Object.fromEntries(FIELDS.map((field) => [field, this.lastOf(guid, field)?.value]));
  }

  #set(update: Update, isConfirmed: boolean): void {
    const values = { ...this.#values.get(update.guid) };
    for (const field of fieldsOf(update))
      values[field] = { value: update[field] ?? '', isConfirmed };
    this.#values.set(update.guid, values);
  }
}
