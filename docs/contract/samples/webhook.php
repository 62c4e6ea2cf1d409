<?php
// PHP, without AWS: a signed webhook. WEBHOOK_URL=... WEBHOOK_SECRET=whsec_... php webhook.php
$body = file_get_contents(__DIR__ . '/event.json');
$id = bin2hex(random_bytes(16)); // the same again where it is sent again
$time = time();
$key = base64_decode(substr(getenv('WEBHOOK_SECRET'), strlen('whsec_')), true);
$signature = base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
$headers = ["content-type: application/json", "webhook-id: $id", "webhook-timestamp: $time", "webhook-signature: v1,$signature"];
$request = ['method' => 'POST', 'header' => $headers, 'content' => $body, 'ignore_errors' => true];
file_get_contents(getenv('WEBHOOK_URL'), false, stream_context_create(['http' => $request]));
echo $http_response_header[0], PHP_EOL;
