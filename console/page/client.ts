import { hc } from 'hono/client';
import type { Api } from '../server/api.ts';
import { deployment, notice } from './state.ts';

const client = hc<Api>(`${location.origin}/api`);

/** The routes about the deployment that is shown. */
export const api = client.of[':deployment'];
export const session = client.session;

/** The deployment that is shown, as routes want it. */
export const here = () => ({ deployment: deployment.value });

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}

/** What an answer holds. @throws {Error} with what the server says is wrong */
export async function ask<One extends Answer>(
  question: Promise<One>,
): Promise<Awaited<ReturnType<One['json']>>>;
export async function ask(question: Promise<Answer>): Promise<unknown> {
  let answer: Answer;
  try {
    answer = await question;
  } catch {
    throw new Error('The console does not answer: was it ended?');
  }
  if (answer.ok) return await answer.json();
  throw new Error(await whatIsWrong(answer));
}

/** Does something, and tells where it fails. @returns whether it was done */
export async function attempt(act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    notice.value = { isError: true, text: messageOf(error) };
    return false;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function whatIsWrong(answer: Answer): Promise<string> {
  try {
    const content: unknown = await answer.json();
    if (typeof content === 'object' && content !== null && 'error' in content) {
      return String(content.error);
    }
  } catch {
    // An answer without JSON says only how it ended.
  }
  return `The console answered ${answer.status}. Open the address that it printed last.`;
}
