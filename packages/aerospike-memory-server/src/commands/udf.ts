import type { Answer } from '../protocol/answer';
import { FieldType, OpType } from '../protocol/bits';
import type { Fields } from '../protocol/message';
import { decode, List, toStorable, type Value } from '../protocol/msgpack';
import { ParticleType, type Particle } from '../protocol/particle';
import { particleOf } from '../protocol/particle-value';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Store } from '../store/store';
import type { CompiledUdf } from '../udf/module';
import { fromJs, toJs } from '../udf/js-values';

/** Bytes. Decoded, they take many times of that. */
const MAX_ARGUMENTS_SIZE = 1024 * 1024;

/** Which function a request calls, with which arguments. */
export interface UdfCall {
  readonly module: string;
  readonly name: string;
  readonly args: readonly Value[];
}

export function udfCallIn(fields: Fields): UdfCall {
  const [module, name, args] = [
    fields.get(FieldType.UDF_PACKAGE),
    fields.get(FieldType.UDF_FUNCTION),
    fields.get(FieldType.UDF_ARGUMENTS),
  ];
  if (args && args.length > MAX_ARGUMENTS_SIZE) {
    throw unsupported('a UDF call with arguments of more than 1 MiB');
  }
  const list = args && decode(args);
  if (!module || !name || !(list instanceof List)) {
    throw new CommandError(ResultCode.PARAMETER, 'malformed call of a UDF');
  }
  return { module: module.toString(), name: name.toString(), args: list.items };
}

/** Calls a function and answers with what it gives or throws; says whether it has not thrown. */
export function callUdf(store: Store, call: UdfCall, subject: unknown, answer: Answer): boolean {
  try {
    const result = find(store, call)(subject, ...call.args.map(toJs));
    answerWith('SUCCESS', particleOf(toStorable(fromJs(result))), answer);
    return true;
  } catch (error) {
    answer.resultCode = ResultCode.UDF_BAD_RESPONSE;
    const text = Buffer.from(messageOf(error));
    answerWith('FAILURE', { type: ParticleType.STRING, bytes: text }, answer);
    return false;
  }
}

function answerWith(bin: string, value: Particle | undefined, answer: Answer): void {
  answer.operations = [{ op: OpType.READ, bin, value }];
}

function find({ udfs }: Store, { module, name }: UdfCall): CompiledUdf {
  if (udfs.isLuaOnly(module)) {
    throw new Error(
      `Lua is not run by this server: give the functions of ${module} in JavaScript, with registerUdf('${module}', …)`,
    );
  }
  const functions = udfs.modules.get(module);
  if (!functions) throw new Error('UDF: Execution Error 1');
  const found = functions.get(name);
  if (!found) throw new Error('function not found');
  return found;
}

/** Anything can be thrown, also what cannot be made a string. */
function messageOf(thrown: unknown): string {
  try {
    const { message } = thrown as Error;
    return typeof message === 'string' ? message : String(thrown);
  } catch {
    return 'something was thrown that is no error';
  }
}
