import { CommandError, ResultCode } from '../protocol/result-code';
import type { Clock } from '../store/clock';
import type { Job } from '../store/job-log';
import { pairs, type InfoCommands } from './info-command';

/** Background scans and queries; the client polls for their progress. */
export const JOB_COMMANDS: InfoCommands = {
  'query-show': ({ store, jobs: log }, parameters) => {
    const id = parameters.optional('id', 'trid');
    const jobs = id === undefined ? [...log.values()] : [log.get(idFrom(id))];
    return jobs.map(job => describe(job, store.clock)).join(';');
  },
};

function idFrom(text: string): bigint {
  if (!/^\d+$/.test(text)) throw new CommandError(ResultCode.PARAMETER, 'bad id');
  return BigInt(text);
}

/** Jobs are done before anybody can ask. */
function describe(job: Job | undefined, clock: Clock): string {
  if (!job) throw new CommandError(ResultCode.KEY_NOT_FOUND, 'job not found');
  return pairs(
    {
      trid: job.id.toString(),
      ns: job.namespace,
      ...(job.set !== '' && { set: job.set }),
      ...(job.index !== undefined && { 'sindex-name': job.index }),
      rps: job.recordsPerSecond,
      'active-threads': 0,
      status: 'done(ok)',
      'job-progress': '100.00',
      'run-time': job.finishedMs - job.startedMs,
      'time-since-done': clock.nowMs() - job.finishedMs,
      'recs-throttled': 0,
      'recs-filtered-meta': 0,
      'recs-filtered-bins': job.filtered,
      'recs-succeeded': job.succeeded,
      'recs-failed': job.failed,
      ...details(job),
    },
    ':',
  );
}

function details({ udf }: Job): Record<string, string> {
  if (!udf) return { 'job-type': 'background-ops' };
  return {
    'job-type': 'background-udf',
    'udf-filename': udf.module,
    'udf-function': udf.name,
  };
}
