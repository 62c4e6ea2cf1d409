import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction, LAMBDA_SOURCES } from './bundle.ts';

/**
 * The function's bundle as CDK's own asset: CDK says where it belongs, and asks for none where the command
 * needs none, as `cdk ls` and `cdk destroy`.
 */
export function bundledCode(): Code {
  return Code.fromAsset(LAMBDA_SOURCES, {
    // By what was made: the versions of packages are in it too.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK demands an image for where bundling here fails; ours throws then.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (folder) => {
          bundleFunction(folder);
          return true;
        },
      },
    },
  });
}
