/** Particle types: the types that a bin's value can have. */
export const ParticleType = {
  NULL: 0,
  INTEGER: 1,
  DOUBLE: 2,
  STRING: 3,
  BLOB: 4,
  BOOLEAN: 17,
  HLL: 18,
  MAP: 19,
  LIST: 20,
  GEOJSON: 23,
} as const;

/** A value as it travels and as it is stored: its type and its bytes. */
export interface Particle {
  readonly type: number;
  readonly bytes: Buffer;
}
