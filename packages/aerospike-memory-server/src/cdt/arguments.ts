import { List, OrderedMap, toMapKey, toStorable, type Value } from '../protocol/msgpack';
import { CommandError, ResultCode } from '../protocol/result-code';

export function malformed(what: string): CommandError {
  return new CommandError(ResultCode.PARAMETER, what);
}

/** The arguments of one list or map operation, taken one after the other; trailing ones may be left out. */
export class Arguments {
  #next = 0;

  constructor(private readonly values: readonly Value[]) {}

  get #left(): boolean {
    return this.#next < this.values.length;
  }

  /** Any value, a wildcard or infinity among them: it is only compared with. */
  value(): Value {
    const value = this.values[this.#next++];
    if (value === undefined) throw malformed('an argument is missing');
    return value;
  }

  valueIfGiven(): Value | undefined {
    return this.#left ? this.value() : undefined;
  }

  /** A value that goes into the collection. */
  storable(): Value {
    return toStorable(this.value());
  }

  mapKey(): Value {
    return toMapKey(this.value());
  }

  storableList(): readonly Value[] {
    const list = this.storable();
    if (!(list instanceof List)) throw malformed('a list was expected');
    return list.items;
  }

  storableMap(): OrderedMap {
    const map = this.storable();
    if (!(map instanceof OrderedMap)) throw malformed('a map was expected');
    return map;
  }

  /** Values to compare with. */
  list(): readonly Value[] {
    const list = this.value();
    if (!(list instanceof List)) throw malformed('a list was expected');
    return list.items;
  }

  #integer(): bigint {
    const integer = this.value();
    if (typeof integer !== 'bigint') throw malformed('an integer was expected');
    return integer;
  }

  /** An index or a rank; a negative one counts from the end. */
  index(): number {
    return Number(BigInt.asIntN(64, this.#integer()));
  }

  /** How many elements; all that are left when not given. */
  count(): number {
    return this.#left ? Number(BigInt.asUintN(64, this.#integer())) : Infinity;
  }

  /** Order attributes and write flags; none of them set when not given. */
  flags(): number {
    return this.#left ? Number(BigInt.asUintN(32, this.#integer())) : 0;
  }

  end(): void {
    if (this.#left) throw malformed('an operation has too many arguments');
  }
}
