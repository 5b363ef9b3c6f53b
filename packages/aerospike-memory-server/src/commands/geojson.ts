import { CommandError, ResultCode } from '../protocol/result-code';
import { leafCellOf } from './s2-cell';

const CELL_LENGTH = 8;
const PREFIX_LENGTH = 3;

/**
 * A GeoJSON value is a flag byte, the number of cells it covers, the cells, and the text. Clients send no cells; the
 * server adds them. Only a point's cell is computed here: clients skip cells, and there are no geo queries.
 */
export function indexGeoJson(bytes: Buffer): Buffer {
  const text = textOf(bytes);
  const point = pointOf(text.toString());
  const cells = point ? [leafCellOf(point.latitude, point.longitude)] : [];
  const prefix = Buffer.alloc(PREFIX_LENGTH + cells.length * CELL_LENGTH);
  prefix.writeUInt16BE(cells.length, 1);
  cells.forEach((cell, i) => prefix.writeBigUInt64BE(cell, PREFIX_LENGTH + i * CELL_LENGTH));
  return Buffer.concat([prefix, text]);
}

function textOf(bytes: Buffer): Buffer {
  if (bytes.length < PREFIX_LENGTH) throw invalid();
  const start = PREFIX_LENGTH + bytes.readUInt16BE(1) * CELL_LENGTH;
  if (start > bytes.length) throw invalid();
  return bytes.subarray(start);
}

function pointOf(text: string): { latitude: number; longitude: number } | undefined {
  const geometry = parse(text);
  if (geometry.type !== 'Point') return undefined;
  const [longitude, latitude] = Array.isArray(geometry.coordinates)
    ? (geometry.coordinates as unknown[])
    : [];
  if (typeof latitude !== 'number' || typeof longitude !== 'number') throw invalid();
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw invalid();
  return { latitude, longitude };
}

function parse(text: string): { type?: unknown; coordinates?: unknown } {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && 'type' in value) return value;
  } catch {
    // Not JSON: refused below, as JSON that is no GeoJSON.
  }
  throw invalid();
}

function invalid(): CommandError {
  return new CommandError(ResultCode.INVALID_GEOJSON, 'invalid GeoJSON');
}
