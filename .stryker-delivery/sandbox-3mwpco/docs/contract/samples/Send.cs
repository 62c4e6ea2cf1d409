// C#. dotnet new console, dotnet add package AWSSDK.SQS; QUEUE_URL=... dotnet run
using Amazon.SQS;
using Amazon.SQS.Model;

var path = Path.Combine(AppContext.BaseDirectory, "event.json");
var request = new SendMessageRequest
{
    QueueUrl = Environment.GetEnvironmentVariable("QUEUE_URL"),
    MessageBody = await File.ReadAllTextAsync(path),
};
using var queue = new AmazonSQSClient();
var answer = await queue.SendMessageAsync(request);
Console.WriteLine(answer.MessageId);
