#!/bin/sh
# AWS command line. Usage: QUEUE_URL=... ./send.sh
# Version 1 does not read AWS_ENDPOINT_URL_SQS by itself; version 2 does.
# Without the encoding it reads files in that of the locale.
set -eu
export AWS_CLI_FILE_ENCODING=UTF-8
aws sqs send-message --queue-url "$QUEUE_URL" \
  ${AWS_ENDPOINT_URL_SQS:+--endpoint-url "$AWS_ENDPOINT_URL_SQS"} \
  --message-body "file://$(dirname "$0")/event.json"
