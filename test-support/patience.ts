import * as Aerospike from 'aerospike';

const TIMEOUT_MS = 15_000;
const timeouts = { totalTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };

/**
 * Configuration of a client for tests that expect no timeout: none may occur, however busy the machine is. The client's
 * own log is off, because its lines would appear in the report of the tests.
 */
export const PATIENT: Aerospike.ConfigOptions = {
  log: { level: Aerospike.log.OFF },
  connTimeoutMs: TIMEOUT_MS,
  policies: {
    apply: new Aerospike.ApplyPolicy(timeouts),
    batch: new Aerospike.BatchPolicy(timeouts),
    batchParentWrite: new Aerospike.BatchPolicy(timeouts),
    info: new Aerospike.InfoPolicy({ timeout: TIMEOUT_MS }),
    operate: new Aerospike.OperatePolicy(timeouts),
    query: new Aerospike.QueryPolicy(timeouts),
    read: new Aerospike.ReadPolicy(timeouts),
    remove: new Aerospike.RemovePolicy(timeouts),
    scan: new Aerospike.ScanPolicy(timeouts),
    write: new Aerospike.WritePolicy(timeouts),
  },
};
