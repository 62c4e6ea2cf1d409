import { BoundedMap } from '../general/bounded-map.ts';
import { boundedNote } from './evidence-items.ts';
import type {
  AccountEvidence,
  CallSizeEvidence,
  EvidenceStore,
  MessageNote,
} from './evidence-store.ts';

/** A few megabytes at most; a batch of Lambda has up to 10,000 messages. */
const MAX_NOTES = 10_000;
const MAX_ACCOUNTS = 1_000;

/** Evidence in the memory of one sandbox, where there is no ledger; other sandboxes do not see it. */
export function rememberEvidence(): EvidenceStore {
  const accounts = new BoundedMap<string | null, AccountEvidence>(MAX_ACCOUNTS);
  const notes = new BoundedMap<string, MessageNote>(MAX_NOTES);
  let callSize: CallSizeEvidence | undefined;
  return {
    isShared: false,
    loadAccounts: async (wanted) => accounts.pick(wanted),
    saveAccount: async (account, evidence) => accounts.set(account, evidence),
    loadCallSize: async () => callSize,
    saveCallSize: async (size) => {
      callSize = size;
    },
    loadNotes: async (messageIds) => notes.pick(messageIds),
    saveNotes: async (saved) => {
      for (const [messageId, note] of saved) notes.set(messageId, boundedNote(note));
    },
    saveFailures: async () => {},
  };
}
