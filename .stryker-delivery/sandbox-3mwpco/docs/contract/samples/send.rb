# Ruby. gem install aws-sdk-sqs; QUEUE_URL=... ruby send.rb
require 'aws-sdk-sqs'
require 'json'

event = JSON.parse(File.read(File.join(__dir__, 'event.json'), encoding: 'UTF-8'))
answer = Aws::SQS::Client.new.send_message(
  queue_url: ENV.fetch('QUEUE_URL'),
  message_body: JSON.generate(event)
)
puts answer.message_id
