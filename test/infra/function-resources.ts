/**
 * What a template needs for a function that takes events of `Queue`, as far as it is asked about: it never runs.
 *
 * @param properties further ones of the function
 * @param invoked the resource that events go to
 */
export function functionResources(properties: object = {}, invoked = 'Function') {
  return {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = () => {}' },
        ...properties,
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
        FunctionName: { Ref: invoked },
        // The emulator would start containers.
        Enabled: false,
      },
    },
  };
}
