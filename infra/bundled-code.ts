import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunction, DOOR_ENTRY_POINT, LAMBDA_SOURCES, WEBHOOK_SOURCES } from './bundle.ts';

/**
 * The function's bundle as CDK's own asset: CDK says where it belongs, and asks for none where the command
 * needs none, as `cdk ls` and `cdk destroy`.
 */
export function bundledCode(): Code {
  return codeOf(LAMBDA_SOURCES, bundleFunction);
}

/** The same of a door for webhooks. */
export function bundledDoorCode(): Code {
  return codeOf(WEBHOOK_SOURCES, (folder) => bundleFunction(folder, DOOR_ENTRY_POINT));
}

function codeOf(sources: string, bundle: (folder: string) => void): Code {
  return Code.fromAsset(sources, {
    // By what was made: the versions of packages are in it too.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK demands an image for where bundling here fails; ours throws then.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (folder) => {
          bundle(folder);
          return true;
        },
      },
    },
  });
}
