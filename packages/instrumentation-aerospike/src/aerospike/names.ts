/**
 * Longest names that Aerospike takes, in bytes of UTF-8. What is longer cannot exist.
 *
 * @see https://aerospike.com/docs/database/reference/limitations/
 */
const MAX_BYTES = {
  namespace: 31,
  set: 63,
  /** `module.function` */
  storedProcedure: 128,
} as const;

/** A name as telemetry shows it; undefined for what is no name, so that an application cannot invent them without end. */
export function nameOf(kind: keyof typeof MAX_BYTES, value: unknown): string | undefined {
  // The client takes null, undefined and '' for "no set".
  if (typeof value !== 'string' || value === '' || value.length > MAX_BYTES[kind]) return undefined;
  const name = value.toWellFormed();
  return Buffer.byteLength(name) > MAX_BYTES[kind] ? undefined : name;
}
