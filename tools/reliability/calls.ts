import { AerospikeError, type RecordStream } from 'aerospike';

/** For callback style: what the client calls at the end. */
type Done = (error?: unknown) => void;

/** The calls that an application makes, with what it gets from each, in the order in which it made them. */
export class Calls {
  /** One text for each call: `get ok`, `put 9`. Text, so that the record of a call leaves no object behind. */
  readonly outcomes: string[] = [];

  /** @param operation what `db.operation.name` of its measurement will be */
  promise(operation: string, call: () => Promise<unknown>): Promise<string> {
    const settle = this.begin(operation);
    return call().then(
      () => settle(),
      (error: unknown) => settle(error),
    );
  }

  callback(operation: string, call: (done: Done) => unknown): Promise<string> {
    const settle = this.begin(operation);
    return new Promise(resolve => {
      call(error => {
        resolve(settle(error));
      });
    });
  }

  /** Waits until a stream ends or fails. */
  stream(operation: string, call: () => RecordStream): Promise<string> {
    const settle = this.begin(operation);
    return new Promise(resolve => {
      const stream = call();
      // A stream that was aborted can emit both; only the first counts.
      let isOver = false;
      const end = (error?: unknown) => {
        if (!isOver) resolve(settle(error));
        isOver = true;
      };
      stream.on('error', end);
      stream.on('end', () => {
        end();
      });
    });
  }

  private begin(operation: string): (error?: unknown) => string {
    const index = this.outcomes.push(`${operation} never`) - 1;
    let times = 0;
    return error => {
      const outcome = outcomeOf(error);
      this.outcomes[index] = `${operation} ${++times > 1 ? `${times} times` : outcome}`;
      return outcome;
    };
  }
}

/** `ok`, or the status code of the error. */
function outcomeOf(error: unknown): string {
  if (error === undefined || error === null) return 'ok';
  return error instanceof AerospikeError ? String(error.code) : (error as Error).name;
}
