export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Reads the samples of one name out of Prometheus' text format. */
export function samplesOf(name: string, text: string): Sample[] {
  return text
    .split('\n')
    .filter(line => line.startsWith(`${name}{`))
    .map(line => ({
      labels: Object.fromEntries(
        Array.from(line.matchAll(/(\w+)="([^"]*)"/g), ([, label = '', value = '']) => [
          label,
          value,
        ]),
      ),
      value: Number(line.slice(line.lastIndexOf(' ') + 1)),
    }));
}
