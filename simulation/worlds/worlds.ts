import { DELIVERED_TWICE } from './delivered-twice.ts';
import { ENDLESS_RETRY_AFTER } from './endless-retry-after.ts';
import { FAILING_ACCOUNT } from './failing-account.ts';
import { FAILING_IMAGES } from './failing-images.ts';
import { HANGING_CALL_FIRST } from './hanging-call-first.ts';
import { HANGING_IMAGES_IN_BACKLOG } from './hanging-images-in-backlog.ts';
import { JUST_UPLOADED } from './just-uploaded.ts';
import { KILLER_RECORD } from './killer-record.ts';
import { LATE_EFFECTS } from './late-effects.ts';
import { LONE_BAD_IMAGE } from './lone-bad-image.ts';
import { MANY_ACCOUNTS } from './many-accounts.ts';
import { MISLEADING_REFUSALS } from './misleading-refusals.ts';
import { OUTAGE } from './outage.ts';
import { PARTIAL_LIST } from './partial-list.ts';
import { REWRITTEN_TEXTS } from './rewritten-texts.ts';
import { STALE_LIST } from './stale-list.ts';
import { SYSTEMIC_REFUSAL } from './systemic-refusal.ts';
import { SYSTEMIC_REFUSAL_OF_ONE_ACCOUNT } from './systemic-refusal-of-one-account.ts';
import { THROTTLED_NOW_AND_THEN } from './throttled-now-and-then.ts';
import type { WorldKind } from './world-kind.ts';

/** Every kind of world that can be asked for by name. */
export const WORLDS: readonly WorldKind[] = [
  SYSTEMIC_REFUSAL,
  SYSTEMIC_REFUSAL_OF_ONE_ACCOUNT,
  LONE_BAD_IMAGE,
  FAILING_IMAGES,
  HANGING_IMAGES_IN_BACKLOG,
  MANY_ACCOUNTS,
  FAILING_ACCOUNT,
  HANGING_CALL_FIRST,
  KILLER_RECORD,
  ENDLESS_RETRY_AFTER,
  STALE_LIST,
  PARTIAL_LIST,
  MISLEADING_REFUSALS,
  OUTAGE,
  JUST_UPLOADED,
  REWRITTEN_TEXTS,
  DELIVERED_TWICE,
  LATE_EFFECTS,
  THROTTLED_NOW_AND_THEN,
];
