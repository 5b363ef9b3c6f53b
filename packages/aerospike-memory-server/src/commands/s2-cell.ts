/**
 * The S2 leaf cell that a point on the earth lies in, as 64 bits: three for the face of the cube around the sphere,
 * sixty for the place on the Hilbert curve of that face, and a one that marks the leaf.
 */

const LEVELS = 30;

/** Place on the curve of each quadrant (2 × upper half of i + upper half of j), for each orientation of the curve. */
const QUADRANT_TO_PLACE = [
  [0, 1, 3, 2],
  [0, 3, 1, 2],
  [2, 3, 1, 0],
  [2, 1, 3, 0],
] as const;

/** How the orientation changes (1: axes swapped, 2: turned around) in each quarter of the curve. */
const PLACE_TO_TURN = [1, 0, 0, 3] as const;

export function leafCellOf(latitude: number, longitude: number): bigint {
  const { face, u, v } = project(toRadians(latitude), toRadians(longitude));
  const i = gridLine(u);
  const j = gridLine(v);
  let cell = BigInt(face);
  let orientation = face & 1;
  for (let level = LEVELS - 1; level >= 0; level--) {
    const quadrant = (((i >> level) & 1) << 1) | ((j >> level) & 1);
    const place = QUADRANT_TO_PLACE[orientation]?.[quadrant] ?? 0;
    orientation ^= PLACE_TO_TURN[place];
    cell = (cell << 2n) | BigInt(place);
  }
  return (cell << 1n) | 1n;
}

/** From the sphere to a face of the cube: the face is the axis with the largest coordinate, and its sign. */
function project(latitude: number, longitude: number): { face: number; u: number; v: number } {
  const x = Math.cos(latitude) * Math.cos(longitude);
  const y = Math.cos(latitude) * Math.sin(longitude);
  const z = Math.sin(latitude);
  const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (ax > ay && ax > az) {
    return x > 0 ? { face: 0, u: y / x, v: z / x } : { face: 3, u: z / x, v: y / x };
  }
  if (ay > az) return y > 0 ? { face: 1, u: -x / y, v: z / y } : { face: 4, u: z / y, v: -x / y };
  return z > 0 ? { face: 2, u: -x / z, v: -y / z } : { face: 5, u: -y / z, v: -x / z };
}

/** Evens out the areas (S2's quadratic projection), then counts in units of the smallest cell. */
function gridLine(u: number): number {
  const s = u >= 0 ? 0.5 * Math.sqrt(1 + 3 * u) : 1 - 0.5 * Math.sqrt(1 - 3 * u);
  const size = 2 ** LEVELS;
  return Math.min(size - 1, Math.max(0, Math.floor(s * size)));
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
