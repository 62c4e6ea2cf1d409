# Python. pip install boto3; QUEUE_URL=... python send.py
import json
import os
from pathlib import Path

import boto3

event = json.loads(Path(__file__).with_name("event.json").read_text(encoding="utf-8"))
answer = boto3.client("sqs").send_message(
    QueueUrl=os.environ["QUEUE_URL"],
    MessageBody=json.dumps(event, ensure_ascii=False),
)
print(answer["MessageId"])
