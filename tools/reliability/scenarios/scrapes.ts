import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import * as Aerospike from 'aerospike';
import { startMetricsServer } from 'opentelemetry-instrumentation-aerospike/prometheus';
import { makeCalls, ONCE } from '../commands';
import type { Scenario, World } from '../scenario';
import { measuredWithoutSdk, serveMetrics, type Telemetry } from '../telemetry';

const SETS = 100;
const HANG_UPS = 100;
const SCRAPES = 1000;

const GET = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n';

/** What no scraper should send. */
const GARBAGE: readonly (string | Buffer)[] = [
  'garbage\r\n\r\n',
  Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0xff, 0xfe]),
  'GET /metrics HTTP/9.9\r\n\r\n',
  'GET http://[::1/metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  'GET /%zz%00?%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  `${GET}X: ${'x'.repeat(100_000)}\r\n\r\n`,
  `${GET}Content-Length: -1\r\n\r\n`,
];

/** Requests of which the rest never comes. */
const UNFINISHED: readonly string[] = [
  '\r\n\r\n',
  GET,
  'POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nunfinished',
];

/** A connection to the metrics server. The server may cut it. */
async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Hangs up with the first bytes of the answer. */
async function hangUpWithin(url: string, request: string | Buffer): Promise<void> {
  const socket = await open(url);
  const closed = once(socket, 'close');
  socket.once('data', () => socket.destroy());
  socket.write(request);
  await closed;
}

/** Hangs up without waiting for an answer. */
async function hangUpAfter(url: string, request: string | Buffer): Promise<void> {
  const socket = await open(url);
  const closed = once(socket, 'close');
  socket.write(request, () => socket.destroy());
  await closed;
}

/** Scrapes over a connection of its own. */
async function scrape(url: string): Promise<string> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage];
  assert.equal(response.statusCode, 200);
  return (await response.setEncoding('utf8').toArray()).join('');
}

async function assertServes(url: string): Promise<void> {
  assert.match(await scrape(url), /^# TYPE db_client_operation_duration_seconds histogram$/m);
}

/** Calls on so many sets that the answer to a scrape is long. */
async function getFromManySets({ calls, client }: World): Promise<void> {
  const keys = Array.from({ length: SETS }, (_, set) => new Aerospike.Key('test', `s${set}`, 'k'));
  const policy = new Aerospike.ReadPolicy(ONCE);
  await Promise.all(keys.map(key => calls.promise('get', () => client.get(key, policy))));
}

const makeAFewCalls = (world: World) => makeCalls(world, 10, ONCE);

/** A metrics server that is started on a port which is taken. */
async function serveOnTakenPort(): Promise<Telemetry> {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await assert.rejects(startMetricsServer({ port, host: '127.0.0.1' }), /the port is taken/);
  other.close();
  return { measured: measuredWithoutSdk };
}

/** What happens between the metrics server and those who scrape it, while the application makes calls. */
export const SCRAPES_GONE_WRONG: readonly Scenario[] = [
  {
    title: 'The port of the metrics server is taken',
    outcomes: ['ok'],
    instrument: serveOnTakenPort,
    run: makeAFewCalls,
  },
  {
    title: '100 scrapers hang up in the middle of an answer',
    outcomes: ['2'],
    instrument: serveMetrics,
    run: scrapedMeanwhile(getFromManySets, async url => {
      await inParallel(HANG_UPS, () => hangUpWithin(url, `${GET}\r\n`));
      await assertServes(url);
    }),
  },
  {
    title: 'Scrapers send garbage',
    outcomes: ['ok'],
    instrument: serveMetrics,
    run: scrapedMeanwhile(makeAFewCalls, async url => {
      await Promise.all([
        ...GARBAGE.map(request => hangUpWithin(url, request)),
        ...[...GARBAGE, ...UNFINISHED].map(request => hangUpAfter(url, request)),
      ]);
      await assertServes(url);
    }),
  },
  {
    title: '1,000 scrapes in parallel',
    outcomes: ['ok'],
    instrument: serveMetrics,
    run: scrapedMeanwhile(makeAFewCalls, url => inParallel(SCRAPES, () => assertServes(url))),
  },
];

/** Lets the application work while the metrics server, if there is one, is scraped. */
function scrapedMeanwhile(work: Scenario['run'], scrapeAll: (url: string) => Promise<void>) {
  return async (world: World): Promise<void> => {
    const { url } = world.telemetry ?? {};
    await Promise.all([work(world), url === undefined ? undefined : scrapeAll(url)]);
  };
}

async function inParallel(times: number, run: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: times }, run));
}
