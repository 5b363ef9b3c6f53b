const withSeparators = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Three digits are as many as such a measurement can tell. */
export function nanoseconds(value) {
  return negative(withSeparators.format(Number(value.toPrecision(3))));
}

export function microseconds(value) {
  return negative((value / 1000).toFixed(1));
}

export function milliseconds(value) {
  return negative(value.toFixed(Math.abs(value) < 10 ? 2 : 0));
}

export function integer(value) {
  return negative(withSeparators.format(value));
}

export function bytes(value) {
  return `${integer(value)} bytes`;
}

export function mebibytes(value) {
  return (value / 2 ** 20).toFixed(1);
}

export function ratio(value) {
  return value.toFixed(value < 10 ? 2 : 1);
}

/** Of what `spread` returns. */
export function range({ min, max }, format) {
  return `${format(min)} – ${format(max)}`;
}

function negative(text) {
  return text.replace(/^-0(\.0+)?$/, '0$1').replace('-', '−');
}
