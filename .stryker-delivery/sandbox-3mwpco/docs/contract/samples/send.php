<?php
// PHP. composer require aws/aws-sdk-php; QUEUE_URL=... php send.php
require 'vendor/autoload.php';

$event = json_decode(file_get_contents(__DIR__ . '/event.json'), true, 512, JSON_THROW_ON_ERROR);
$queue = new Aws\Sqs\SqsClient(['version' => '2012-11-05']);
$answer = $queue->sendMessage([
    'QueueUrl' => getenv('QUEUE_URL'),
    'MessageBody' => json_encode($event, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES),
]);
echo $answer['MessageId'], PHP_EOL;
