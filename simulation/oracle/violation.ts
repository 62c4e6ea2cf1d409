/** What must never happen, in words for people. */
export const RULES = {
  Lost: 'an event is neither applied nor dead-lettered nor in the queue',
  WronglyAcknowledged:
    'a message was deleted before what it asks for, or its burial, was confirmed',
  WronglyDeadLettered: 'an event was dead-lettered that could have succeeded',
  WrongReason: 'a dead letter gives a reason that is not the true one',
  ReasonLost: 'the reason of a dead letter that has no room for it can be found nowhere',
  WronglyBlamed: 'a dead letter blames an image that is not at fault',
  NotVerbatim: 'a dead letter differs from its message in body or attributes',
  WrongOrigin: 'a dead letter does not tell where its message first came from',
  ExhaustedEarly: 'retries were given up before the last permitted receive',
  RetriedTooLong: 'a record went back to the queue after its time for retries was over',
  OutageExhausted: 'retries were given up although the settings allow for a day of outage',
  MovedWithoutReason: 'the queue moved a message that the function could have dead-lettered',
  BlamedWithoutEvidence:
    'an image was blamed for a refusal although nothing shows that others are taken',
  BlamedTooYoung:
    'an event was dead-lettered as refused although its image may just have been uploaded',
  SearchedInOutage:
    'a call that failed was searched although nothing of its account ever went well',
  BlamedInOutage: 'an event was dead-lettered as refused while all of its account was refused',
  NotApplied: 'an event was not applied although nothing was wrong with it',
  NotBuried: 'an event that can not succeed was not dead-lettered for its own reason, or too late',
  NeighbourDelayed: 'events of an account that is well took much longer than undisturbed',
  GoodDelayed: 'good events took longer than they may beside others that fail',
  RecoveredLate: 'it took too long after a trouble until all was applied',
  BacklogCostsMore: 'what waited for the end of a trouble took more calls than it needs',
  TooSlow: 'throughput is far below what calls at once allow',
  ListedInVain: 'images were listed, and not updated',
  MisledByRefusal: 'a refusal that names images cost more calls than one that names none',
  ForceIgnored: 'an event that is to be sent whatever is there was acknowledged without',
  ResentRefused: 'an image was sent again after it was refused alone',
  ResentGood: 'an image was sent again after it was proved good',
  OlderAfterNewer: 'an older value was sent after a newer one was confirmed in the same invocation',
  TwoUpdatesAtOnce: 'an image was updated while another update of it was under way',
  TooManyUpdatesAtOnce: 'an invocation had more updates under way than `callsAtOnce`',
  PreflightTooOld: 'an image was updated long after it was listed, or without that',
  StaleOverwrite: 'an older value replaced a newer one that nobody had given up',
  WrongFinalState: 'FinerWorks has another value in the end than the newest acknowledged one',
  SentTwice: 'a change was sent again, or an older one, after it was confirmed beyond doubt',
  SentUnchanged: 'a value was sent that FinerWorks was known to have',
  InventoryRemoved: 'virtual inventory products were removed though no event allowed it',
  NotReadBack: 'a sandbox had more calls in a row answered than it may without reading one back',
  InCircles: 'an image was sent or listed again and again in one invocation',
  InventedValue: 'a value was sent that no event of the batch wants',
  TextLost: 'a text was replaced that no event asked to change',
  CallTooLarge: 'a call holds more images than a call may',
  OverBudget: 'an account spent more calls of an invocation on searches than it may',
  TooManyAttempts: 'one call was attempted too often',
  BreakerIgnored: 'calls of an account went on although five in a row had failed',
  GivenUpEarly:
    'a call was given up early although nothing shows that others are answered far sooner, or its image for ever',
  RetryAfterIgnored: 'an account was called before the time that FinerWorks asked for',
  TooLateToFinish: 'a call began that could not finish before the deadline',
  TimedOutWithoutCause: 'Lambda ended an invocation although nothing outside had stalled',
  TooFast: 'the deployment called faster than callsPerSecond',
  KeysHammered: 'bad keys cost more than one failed call and one reading',
  NotPostponed: 'a returned record was not hidden for a time of its own',
  PostponedWrongly: 'a returned record was hidden for too short or too long',
  BatchTooLarge: 'a batch request is larger than SQS takes, or names an entry twice',
  InvocationFailed: 'an invocation failed although its keys were there',
  UnexpectedReason: 'the function met a defect of its own',
  UnknownIdentifier: 'a response names a record that is not in the batch',
  TrailWrong: 'the trail says something else of a record than what the queue saw',
  OutcomeWrong: 'an outcome was told that is not so, twice or not at all',
  ActedAfterEnd: 'something acted after its invocation was answered',
  NotDrained: 'events are left in the queue long after the world was healed',
  SimulationBroken: 'the simulation itself failed',
} as const;

export type Rule = keyof typeof RULES;

/** Notes a violation. */
export type Report = (rule: Rule, detail: string) => void;

export interface Violation {
  readonly rule: Rule;
  /** Which event, which invocation, and what. */
  readonly detail: string;
  /** When, as the trace writes it. */
  readonly moment: string;
}
