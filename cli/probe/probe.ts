import { randomBytes } from 'node:crypto';
import type { FactName, Facts } from '../../infra/doctor/probed.ts';
import { type Calls, Ended } from './calls.ts';
import { askInventory, imagesWithProducts } from './inventory.ts';
import { list, type Place } from './library.ts';
import { NotSeen } from './not-seen.ts';
import { CALL_QUESTIONS } from './questions/call-questions.ts';
import { FIELD_QUESTIONS } from './questions/field-questions.ts';
import { FILTER_QUESTIONS } from './questions/filter-questions.ts';
import { LENGTH_QUESTIONS } from './questions/length-questions.ts';
import { PAGE_QUESTIONS } from './questions/page-questions.ts';
import { PRODUCT_QUESTIONS } from './questions/product-questions.ts';
import type { Question, Reading, Writing } from './questions/question.ts';
import { SESSION_QUESTIONS } from './questions/session-questions.ts';
import { TEXT_QUESTIONS } from './questions/text-questions.ts';
import type { Subjects } from './subjects.ts';

const READING_QUESTIONS: readonly Question<Reading>[] = [
  ...PAGE_QUESTIONS,
  ...FILTER_QUESTIONS,
  ...PRODUCT_QUESTIONS,
  ...SESSION_QUESTIONS,
];

/** The most important come first, in case the calls are not enough for all. */
const WRITING_QUESTIONS: readonly Question<Writing>[] = [
  ...CALL_QUESTIONS,
  ...FIELD_QUESTIONS,
  ...LENGTH_QUESTIONS,
  ...TEXT_QUESTIONS,
];

/** What was seen, and why anything else was not. */
export interface Observations {
  readonly facts: Facts;
  readonly notSeen: Partial<Record<FactName, string>>;
}

/** Asks everything that reading can show. */
export async function askByReading(
  calls: Calls,
  place: Place,
  onQuestion: (about: string) => void,
): Promise<Observations> {
  const firstPage = once(() => list(calls, place, { page: 1, perPage: 50 }));
  const oneImage = once(async () => {
    const { images } = await firstPage();
    // A guid of digits alone looks the same in capitals.
    const image = images.find(({ guid }) => guid !== guid.toUpperCase()) ?? images[0];
    if (image === undefined) throw new NotSeen('the library shows no image');
    const page = await list(calls, place, { guids: [image.guid], perPage: 50 });
    return { guid: image.guid, page };
  });
  const bearers = once(async () => imagesWithProducts(await askInventory(calls, place)));
  return askAll(READING_QUESTIONS, { calls, place, firstPage, oneImage, bearers }, onQuestion);
}

/** Asks what only updates show. The images are left as the last update made them. */
export async function askByWriting(
  subjects: Subjects,
  onQuestion: (about: string) => void,
): Promise<Observations> {
  const probe = randomBytes(2).toString('hex');
  let texts = 0;
  const fresh = (word: string) => {
    texts += 1;
    return `${word} of probe ${probe}-${texts}`;
  };
  return askAll(WRITING_QUESTIONS, { subjects, fresh }, onQuestion);
}

/** What was not asked, because it was not allowed. */
export function notAskedByWriting(why: string): Observations {
  const names = WRITING_QUESTIONS.flatMap(({ facts }) => facts);
  return { facts: {}, notSeen: Object.fromEntries(names.map((name) => [name, why])) };
}

async function askAll<Dependencies>(
  questions: readonly Question<Dependencies>[],
  dependencies: Dependencies,
  onQuestion: (about: string) => void,
): Promise<Observations> {
  let facts: Facts = {};
  const reasons = new Map<FactName, string>();
  for (const question of questions) {
    onQuestion(question.about);
    let why = 'the answers do not show it';
    try {
      facts = { ...facts, ...(await question.ask(dependencies, facts)) };
    } catch (error) {
      // After the end each further question ends at once, without a call.
      if (!(error instanceof NotSeen || error instanceof Ended)) throw error;
      why = error.message;
    }
    for (const name of question.facts) reasons.set(name, why);
  }
  const open = [...reasons].filter(([name]) => facts[name] === undefined);
  return { facts, notSeen: Object.fromEntries(open) };
}

/** Does it when it is first asked for; what fails may be tried again. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let value: { readonly read: Value } | undefined;
  return async () => {
    value ??= { read: await read() };
    return value.read;
  };
}
