/** What the instrumentation uses of a client. */
export interface AerospikeClient {
  isConnected(checkTenderErrors: boolean): boolean;
  readonly config?: { readonly hosts?: unknown; readonly port?: unknown };
}

/** A method of the client, or what stands in its place. */
export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Reads one thing from a call: from the object whose method was called, or from the arguments. */
export type CallReader<Value = unknown> = (self: unknown, args: readonly unknown[]) => Value;

/** Where a call names what it works on. What is no text, or no name that Aerospike allows, is left out. */
export interface TargetReaders {
  readonly client: CallReader<AerospikeClient>;
  readonly namespace?: CallReader;
  readonly set?: CallReader;
  readonly storedProcedure?: CallReader;
}

/** One public method of the client, and all that distinguishes it from the others. */
export interface Operation {
  /** `db.operation.name` */
  readonly name: string | CallReader<string>;
  readonly target: TargetReaders;
  /** The public method that this one calls in its turn: that call is part of this operation. */
  readonly delegate?: string;
  /** The client turns the status code for a missing record into a result. */
  readonly missingRecordSucceeds?: true;
  /** The native client reports record by record, and at last the end. */
  readonly isStream?: true;
  /** The first argument lists what is worked on, and the result has a row for each. */
  readonly isBatch?: true;
  /** The rows of the result are records that were read. */
  readonly returnsRows?: true;
  /** The arguments can be credentials. */
  readonly isConfidential?: true;
}

/** The operations of one of the client's classes, by method name. */
export type OperationTable = Readonly<Record<string, Operation>>;

/** What a table must be for a class of the client's: it has methods of that class only, delegates included. */
export type OperationsOf<Class> = Readonly<
  Partial<Record<keyof Class, Operation & { readonly delegate?: keyof Class }>>
>;
