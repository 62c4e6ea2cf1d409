/** Secrets that can change and fail, as a Secrets Manager answers for them. */
// @ts-nocheck

export interface TestSecrets {
  /** Content by name; an `Error` is thrown. */
  readonly contents: Map<string, unknown>;
  /** Every name that was asked for. */
  readonly asked: string[];
  readonly read: (secretId: string) => Promise<unknown>;
}

/** An error of AWS's SDK, whose message quotes what nobody may see. */
export function awsError(name: string): Error {
  return Object.assign(new Error('SECRET in a message'), { name });
}

export function testSecrets(contents: Readonly<Record<string, unknown>> = {}): TestSecrets {
  const held = new Map(Object.entries(contents));
  const asked: string[] = [];
  return {
    contents: held,
    asked,
    read: async (secretId) => {
      asked.push(secretId);
      if (!held.has(secretId)) throw awsError('ResourceNotFoundException');
      const content = held.get(secretId);
      if (content instanceof Error) throw content;
      return content;
    },
  };
}
