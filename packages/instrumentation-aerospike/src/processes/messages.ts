import { isRecord } from './is-record';
import { isReport } from './is-report';
import type { ProcessReport } from './report';

/** How long the primary waits for workers that do not answer, before it answers whoever has asked for the sums. */
export const MAX_WAIT_MS = 1000;

/** Where metrics are to be served. */
export interface ServeRequest {
  readonly host: string;
  readonly port: number;
  readonly endpoint: string;
  /** Of the resource, such as `service.name`. */
  readonly resource: Readonly<Record<string, string>>;
}

/** Where metrics are served. */
export interface Served {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** Whether they are because of this request. */
  readonly isNew: boolean;
  /** Whether they are somewhere else than this request asked for. */
  readonly isElsewhere: boolean;
}

export type TextFormat = 'text' | 'openmetrics';

/** From a worker to the primary. */
export type WorkerMessage =
  | { readonly type: 'hello'; readonly secret: string; readonly worker: string }
  /** @param collection that it answers, if any */
  | {
      readonly type: 'report';
      readonly report: ProcessReport;
      readonly collection?: number | undefined;
    }
  | ({ readonly type: 'serve'; readonly id: number } & ServeRequest)
  | { readonly type: 'close'; readonly id: number }
  | { readonly type: 'text'; readonly id: number; readonly format: TextFormat };

/** From the primary to a worker. */
export type PrimaryMessage =
  | { readonly type: 'welcome' }
  | { readonly type: 'collect'; readonly collection: number }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | ({ readonly type: 'error'; readonly id: number } & Refusal);

/** Why the primary has not done what a worker asked for. */
export interface Refusal {
  readonly message: string;
  /** Of Node.js, such as `EADDRINUSE`. */
  readonly code?: string | undefined;
  /** Whether another worker has been told the same. */
  readonly isRepeated: boolean;
}

/** The primary has not done what this worker asked for. */
export class RefusedError extends Error {
  readonly code: string | undefined;
  readonly isRepeated: boolean;

  constructor({ message, code, isRepeated }: Refusal) {
    super(message);
    this.code = code;
    this.isRepeated = isRepeated;
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

/** Whether something that came from a worker says where metrics are to be served. */
export function isServeRequest(value: unknown): value is ServeRequest {
  if (!isRecord(value)) return false;
  const { host, port, endpoint, resource } = value;
  return (
    isText(host) &&
    isWhole(port) &&
    isText(endpoint) &&
    isRecord(resource) &&
    Object.values(resource).every(isText)
  );
}

const WORKER_MESSAGES: Readonly<
  Record<WorkerMessage['type'], (message: Readonly<Record<string, unknown>>) => boolean>
> = {
  hello: ({ secret, worker }) => isText(secret) && isText(worker) && /^[\w-]{1,64}$/.test(worker),
  report: ({ report, collection }) =>
    isReport(report) && (collection === undefined || isWhole(collection)),
  serve: ({ id, ...request }) => isWhole(id) && isServeRequest(request),
  close: ({ id }) => isWhole(id),
  text: ({ id, format }) => isWhole(id) && (format === 'text' || format === 'openmetrics'),
};

/** @throws TypeError when it is not one */
export function workerMessage(value: unknown): WorkerMessage {
  if (isRecord(value) && isText(value.type) && Object.hasOwn(WORKER_MESSAGES, value.type)) {
    const { type } = value as { type: WorkerMessage['type'] };
    if (WORKER_MESSAGES[type](value)) return value as unknown as WorkerMessage;
  }
  throw new TypeError('not a message of a worker');
}

const PRIMARY_MESSAGES: Readonly<
  Record<PrimaryMessage['type'], (message: Readonly<Record<string, unknown>>) => boolean>
> = {
  welcome: () => true,
  collect: ({ collection }) => isWhole(collection),
  result: ({ id }) => isWhole(id),
  error: ({ id, message, code, isRepeated }) =>
    isWhole(id) &&
    isText(message) &&
    (code === undefined || isText(code)) &&
    typeof isRepeated === 'boolean',
};

/** @throws TypeError when it is not one */
export function primaryMessage(value: unknown): PrimaryMessage {
  if (isRecord(value) && isText(value.type) && Object.hasOwn(PRIMARY_MESSAGES, value.type)) {
    const { type } = value as { type: PrimaryMessage['type'] };
    if (PRIMARY_MESSAGES[type](value)) return value as unknown as PrimaryMessage;
  }
  throw new TypeError('not a message of the primary');
}
