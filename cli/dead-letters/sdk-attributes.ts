import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { PackedContent } from '../../lambda/records/packed.ts';

/** Message attributes, as the SDK writes them. */
export type Attributes = Readonly<Record<string, MessageAttributeValue>>;

/** Attributes of the SDK in Lambda's form, binary values in base64. */
export function toLambdaAttributes(attributes: Attributes): PackedContent['messageAttributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType = '', StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType,
        ...(BinaryValue === undefined
          ? { stringValue: StringValue ?? '' }
          : { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
      },
    ]),
  );
}

/** Attributes in Lambda's form as those of the SDK. */
export function toSdkAttributes(attributes: PackedContent['messageAttributes']): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      binaryValue === undefined
        ? { DataType: dataType, StringValue: stringValue ?? '' }
        : { DataType: dataType, BinaryValue: Buffer.from(binaryValue, 'base64') },
    ]),
  );
}
