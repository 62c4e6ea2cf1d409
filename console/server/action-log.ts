import { userInfo } from 'node:os';
import { type Terminal, writeJson } from '../../cli/terminal/terminal.ts';

/** What somebody did: a line of JSON each. */
export interface Action {
  /** `replay`, say. */
  readonly action: string;
  readonly deployment: string;
  readonly result: string;
  /** What it was about: ids, filters, hashes; never a text of a producer. */
  readonly [what: string]: unknown;
}

export type ActionLog = (action: Action) => void;

/** Writes actions on standard error; to keep them, send that into a file. */
export function actionLog({ stderr, environment }: Terminal): ActionLog {
  const { username: user } = userInfo();
  const { AWS_PROFILE: profile } = environment;
  const who = { user, ...(profile && { profile }) };
  return (action) => writeJson(stderr, { time: new Date().toISOString(), who, ...action });
}
