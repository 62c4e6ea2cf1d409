# Python, without AWS: a signed webhook. WEBHOOK_URL=... WEBHOOK_SECRET=whsec_... python webhook.py
import base64
import hashlib
import hmac
import os
import time
import urllib.request
import uuid
from pathlib import Path

body = Path(__file__).with_name("event.json").read_bytes()
id, now = str(uuid.uuid4()), str(int(time.time()))  # the same id where it is sent again
key = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
digest = hmac.new(key, f"{id}.{now}.".encode() + body, hashlib.sha256).digest()
headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": now,
    "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
}
print(urllib.request.urlopen(urllib.request.Request(os.environ["WEBHOOK_URL"], body, headers)).status)
