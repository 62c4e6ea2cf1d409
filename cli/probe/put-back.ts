import { FIELDS, type Field, ofEachField } from '../../lambda/contract/fields.ts';
import { type Calls, Ended } from './calls.ts';
import { detailOf, NotSeen } from './not-seen.ts';
import type { Subjects } from './subjects.ts';
import { isSame, isSameText, type Texts } from './written.ts';

const TRIES = 3;
/** Between tries, in seconds. */
const PAUSE = 2;

/** What people have to put back by hand. */
interface Left {
  readonly guid: string;
  readonly field: Field;
  /** As it was before the probe. */
  readonly text: string;
}

/** The result of putting images back. */
export interface PutBack {
  readonly left: readonly Left[];
  /** Why; undefined where nothing is left. */
  readonly why: string | undefined;
  /** What else to watch. */
  readonly notes: readonly string[];
}

const LATER =
  'A call of the probe was never answered, and may take effect later: check both images again in an hour.';

/** Puts back every image that was changed, with one call each, and checks that it is there. */
export async function putBack(subjects: Subjects, calls: Calls): Promise<PutBack> {
  const { originals } = subjects;
  calls.useAll();
  let open = subjects.touched;
  let why = 'FinerWorks answers, and still shows other texts';
  const applied = new Set<string>();
  const putOne = async (guid: string) => {
    const original = originalOf(guid, originals);
    // Null may mean something else than an empty text where it is sent.
    const image = { guid, ...ofEachField((field) => original[field] ?? '') };
    const verdict = await subjects.put(image);
    if (verdict.kind === 'applied') applied.add(guid);
    else why = `update_images: ${detailOf(verdict)}`;
  };
  const unlessHindered = async (step: () => Promise<void>) => {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof NotSeen || error instanceof Ended)) throw error;
      why = error.message;
    }
  };
  for (let tries = 0; tries < TRIES && open.length > 0; tries += 1) {
    await calls.wait(tries * PAUSE);
    for (const guid of open) await unlessHindered(() => putOne(guid));
    await unlessHindered(async () => {
      const shown = await subjects.listLater();
      // A late list shows what was there before, whether the call was taken or not.
      open = open.filter((guid) => {
        const isBelieved = applied.has(guid) || subjects.isLagKnown;
        return !(isBelieved && isSame(shown.get(guid), originals.get(guid)));
      });
    });
  }
  const left = open.flatMap((guid) => leftOf(guid, subjects, originals));
  const notes = subjects.mayTakeEffectLater ? [LATER] : [];
  return { left, why: left.length === 0 ? undefined : why, notes };
}

function originalOf(guid: string, originals: ReadonlyMap<string, Texts>): Texts {
  const original = originals.get(guid);
  if (original === undefined) throw new Error(`${guid} was changed, and never looked at`);
  return original;
}

/** The fields that the last list showed otherwise; all where it does not say. */
function leftOf(guid: string, subjects: Subjects, originals: ReadonlyMap<string, Texts>): Left[] {
  const original = originalOf(guid, originals);
  const shown = subjects.shownLast?.get(guid);
  const fields = FIELDS.map((field) => {
    return {
      guid,
      field,
      text: original[field] ?? '',
      isThere: shown !== undefined && isSameText(shown, original, field),
    };
  });
  const others = fields.filter(({ isThere }) => !isThere);
  return (others.length > 0 ? others : fields).map(({ isThere: _, ...left }) => left);
}
