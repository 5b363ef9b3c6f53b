import { MapOrder } from '../protocol/msgpack';
import { CommandError, ResultCode, unsupported } from '../protocol/result-code';

const LIST_ORDERED = 0x01;
const PERSISTED_INDEX = 0x10;

function known(attributes: number, mask: number): boolean {
  if ((attributes & PERSISTED_INDEX) !== 0) throw unsupported('a persisted index');
  return (attributes & ~mask) === 0;
}

function refused(attributes: number): CommandError {
  return new CommandError(ResultCode.OP_NOT_APPLICABLE, `there is no order ${attributes}`);
}

/** The order attributes of an operation that sets them. */
export function listOrder(attributes: number): boolean {
  if (!known(attributes, LIST_ORDERED)) throw refused(attributes);
  return attributes !== 0;
}

export function mapOrder(attributes: number): number {
  if (!known(attributes, MapOrder.KEY_VALUE_ORDERED)) throw refused(attributes);
  return attributes;
}

/** The order attributes that come with a write, for a collection that it creates; unknown ones count as none. */
export function listOrderAtCreation(attributes: number): boolean {
  return known(attributes, LIST_ORDERED) && attributes !== 0;
}

export function mapOrderAtCreation(attributes: number): number {
  return known(attributes, MapOrder.KEY_VALUE_ORDERED) ? attributes : MapOrder.UNORDERED;
}
