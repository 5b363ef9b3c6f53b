import { createHash } from 'node:crypto';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { InfoCommands } from './info-command';
import type { InfoParameters } from './parameters';

const LUA = 'LUA';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Lua files. They are kept to be listed. Nothing here reads Lua, so a file with a mistake is accepted too. */
export const UDF_COMMANDS: InfoCommands = {
  'udf-put': ({ store }, parameters) => {
    const name = parameters.required('filename');
    store.udfs.files.set(name, hashOf(name, contentIn(parameters)));
    return 'ok';
  },
  'udf-remove': ({ store }, parameters) => {
    store.udfs.files.delete(parameters.required('filename'));
    return 'ok';
  },
  'udf-list': ({ store }) =>
    [...store.udfs.files]
      .map(([name, hash]) => `filename=${name},hash=${hash},type=${LUA};`)
      .join(''),
};

function contentIn(parameters: InfoParameters): string {
  if ((parameters.optional('udf-type') ?? LUA) !== LUA) throw unsupported('a UDF that is not Lua');
  const content = parameters.required('content');
  const length = parameters.optional('content-len') ?? String(content.length);
  if (!BASE64.test(content) || length !== String(content.length)) {
    throw new CommandError(ResultCode.PARAMETER, "bad 'content' value");
  }
  return content;
}

/** The real server hashes the text in which it spreads a file among its nodes, spaces included. */
function hashOf(name: string, content: string): string {
  const text = `{"content64": "${content}", "type": "${LUA}", "name": "${name}"}`;
  return createHash('sha1').update(text).digest('hex');
}
