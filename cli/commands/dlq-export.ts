import { Command } from 'commander';
import * as z from 'zod';
import { connect } from '../aws/clients.ts';
import { Deployment } from '../aws/deployment.ts';
import { createFile, exportLine } from '../dead-letters/exported.ts';
import { addFilterOptions, DeadLetterFilter, matches } from '../dead-letters/filter.ts';
import { DeadLetterReader } from '../dead-letters/reader.ts';
import { reasonsBeside } from '../dead-letters/reasons-beside.ts';
import { isComplete, renderCoverage } from '../dead-letters/summary.ts';
import { define } from '../definition.ts';
import { addTargetOptions, TargetOptions } from '../options/target-options.ts';
import { plural } from '../terminal/plural.ts';

/** `dlq export FILE` */
export const DLQ_EXPORT = define({
  build: () =>
    addTargetOptions(
      addFilterOptions(
        new Command('export')
          .description(
            'write dead letters to a file, one a line of JSON with body, attributes and failure; they stay in the queue',
          )
          .argument('<file>', 'a file that is not there yet'),
      ),
    ),
  input: DeadLetterFilter.extend(TargetOptions.shape).extend({ file: z.string() }),
  examples: [
    ['dlq export dead.ndjson', 'all of them'],
    ['dlq export refused.ndjson --reason Refused', 'then, say: jq -r .body refused.ndjson'],
  ],
  run: async (input, { terminal }) => {
    const stop = terminal.interruption.defer();
    const clients = connect();
    const deployment = new Deployment(input, terminal, clients);
    const queueUrl = await deployment.deadLetterQueueUrl();
    const beside = reasonsBeside(deployment, clients.dynamoDb);
    const handle = await createFile(input.file);
    let exported = 0;
    await using reader = new DeadLetterReader(clients.sqs, queueUrl, stop, beside);
    try {
      for await (const letters of reader.letters()) {
        const wanted = letters.filter((letter) => matches(letter, input));
        await handle.appendFile(wanted.map(exportLine).join(''));
        exported += wanted.length;
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    const { coverage } = reader;
    return {
      exitCode: 0,
      text: `${plural(exported, 'dead letter')} written to ${input.file}. ${renderCoverage(coverage)}`,
      json: { file: input.file, exported, ...coverage, complete: isComplete(coverage) },
    };
  },
});
