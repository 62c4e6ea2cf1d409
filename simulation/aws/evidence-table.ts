import type {
  AccountEvidence,
  CallSizeEvidence,
  MessageNote,
} from '../../lambda/evidence/evidence-store.ts';

/** What invocations leave for one another in the ledger's table, beside the images' items. */
export class EvidenceTable {
  /** As texts, so that a read never gives the object that was written. */
  readonly #accounts = new Map<string | null, string>();
  readonly #notes = new Map<string, string>();
  #callSize: string | undefined;

  account(account: string | null): AccountEvidence | undefined {
    return read(this.#accounts.get(account));
  }

  callSize(): CallSizeEvidence | undefined {
    return read(this.#callSize);
  }

  note(messageId: string): MessageNote | undefined {
    return read(this.#notes.get(messageId));
  }

  writeAccount(account: string | null, evidence: AccountEvidence): void {
    this.#accounts.set(account, JSON.stringify(evidence));
  }

  writeCallSize(size: CallSizeEvidence): void {
    this.#callSize = JSON.stringify(size);
  }

  writeNote(messageId: string, note: MessageNote): void {
    this.#notes.set(messageId, JSON.stringify(note));
  }
}

function read<Value>(text: string | undefined): Value | undefined {
  return text === undefined ? undefined : JSON.parse(text);
}
