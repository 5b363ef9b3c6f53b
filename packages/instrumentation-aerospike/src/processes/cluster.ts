import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { lazy } from '../lazy';
import { say } from '../notices';
import type { MetricSource } from '../series/metric-source';
import { PACKAGE_NAME } from '../version';
import type { ServeRequest } from './messages';
import type * as Primaries from './primary';
import type * as ProcessEnd from './process-end';
import { CLUSTER_MODE, nodeCluster, slotOfPm2, workerId } from './role';
import type * as Workers from './worker';

// Most processes have no workers, and are none.
const primaries = lazy(() => require('./primary') as typeof Primaries);
const workers = lazy(() => require('./worker') as typeof Workers);
const processEnd = lazy(() => require('./process-end') as typeof ProcessEnd);

/** Set by the copy of this package that adds up in this process: there is one place for the workers to find. */
const CLAIM = Symbol.for(`${PACKAGE_NAME}/primary`);

/** Where Node.js tells of each process that this one starts. */
const CHILDREN = 'child_process';

let isWatching = false;
let primary: Primaries.Primary | undefined;
let worker: Workers.Worker | undefined;
let joining: Promise<Workers.Worker | undefined> | undefined;

/**
 * Adds up what the workers of this process tell, from its first one on: until then nothing is opened and no variable is
 * read. It listens to the event `fork` of `node:cluster`, once.
 */
export function watchWorkers(makeServer: () => Primaries.SumsServer): void {
  if (isWatching || workerId() !== undefined) return;
  isWatching = true;
  // The first child of this process may be a worker: the event `fork` comes after it.
  const onChild = () => {
    unsubscribe(CHILDREN, onChild);
    nodeCluster().once('fork', () => {
      start(makeServer);
    });
  };
  subscribe(CHILDREN, onChild);
}

function start(makeServer: () => Primaries.SumsServer): void {
  const globals = globalThis as Record<symbol, unknown>;
  if (globals[CLAIM] !== undefined) return;
  try {
    primary = new (primaries().Primary)(makeServer());
    Object.defineProperty(globals, CLAIM, { value: 1 });
  } catch {
    // There is no place where workers could find it: they serve for themselves, and say so.
  }
}

/** Adds the metrics of this process to those of its workers, if it has any. */
export function addOwn(own: MetricSource): void {
  primary?.addOwn(own);
}

/** What is served in this process: its own metrics, or those of its workers too. */
export async function servedHere(own: MetricSource): Promise<MetricSource> {
  if (primary === undefined) return own;
  primary.addOwn(own);
  await primary.collect();
  return primary.sums;
}

/** The sums of the workers of this process. */
export async function sums(): Promise<MetricSource> {
  if (primary === undefined) throw new Error('this process has no workers');
  await primary.collect();
  return primary.sums;
}

/**
 * Has the primary of this worker add up its metrics, of which those that are given first are taken.
 *
 * @returns undefined where it is to serve them itself
 */
export function joinPrimary(own: MetricSource): Promise<Workers.Worker | undefined> {
  if (isSeparate()) return Promise.resolve(undefined);
  joining ??= startWorker(own);
  return joining;
}

/** Says what this worker will ask its primary for, in case that it ends before it can. */
export function wantServed(request: ServeRequest): void {
  worker?.want(request);
}

async function startWorker(own: MetricSource): Promise<Workers.Worker | undefined> {
  const telling = new (workers().Worker)(own);
  worker = telling;
  if (!(await telling.findPrimary())) {
    say('clusterApart');
    return undefined;
  }
  processEnd().exportAtEnd({
    flush: () => {
      telling.report();
      return Promise.resolve();
    },
    shutdown: () => {
      telling.writeLastReport();
      return Promise.resolve();
    },
  });
  return telling;
}

/** Whether this process serves for itself, although there are others like it. */
function isSeparate(): boolean {
  const { OTEL_INSTRUMENTATION_AEROSPIKE_CLUSTER: mode = '' } = process.env;
  return (
    workerId() === undefined ||
    slotOfPm2() !== undefined ||
    CLUSTER_MODE.parse(mode.trim()) === 'separate'
  );
}
