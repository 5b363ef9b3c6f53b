import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { isSameSecret, MeetingPlace } from '../../src/processes/meeting-place';
import { Primary, type SumsServer } from '../../src/processes/primary';
import { METRICS } from '../../src/series/metrics';

const NO_SERVER: SumsServer = {
  serve: () => Promise.reject(new Error('none')),
  sayNotServed: assert.fail,
  text: () => Promise.resolve('text'),
  stop: () => Promise.resolve(),
};

/** A report of so many gets. */
function report(count: number): object {
  const point = { id: 0, attributes: { a: 1 }, count, sum: 1, min: 1, max: 1, counts: [count, 0] };
  return {
    histograms: [{ metric: METRICS.operationDuration.name, boundaries: [1], points: [point] }],
  };
}

describe('the primary of a cluster', () => {
  const { XDG_RUNTIME_DIR: outer } = process.env;
  let folder: string;
  let place: MeetingPlace;
  let primary: Primary;
  let server: SumsServer;
  let lines: string[];
  const sockets: Socket[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'p-'));
    process.env.XDG_RUNTIME_DIR = folder;
    lines = [];
    place = MeetingPlace.create();
    server = { ...NO_SERVER };
    const tell = (...said: unknown[]) => {
      lines.push(said.join(' '));
    };
    primary = new Primary(server, place, tell);
    while (place.address === undefined) await turn();
  });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    primary.close();
    rmSync(folder, { recursive: true });
    if (outer === undefined) delete process.env.XDG_RUNTIME_DIR;
    else process.env.XDG_RUNTIME_DIR = outer;
  });

  const secret = () => place.address?.secret ?? assert.fail();
  const hello = (worker: string) => ({ type: 'hello', secret: secret(), worker });

  async function open(...messages: unknown[]): Promise<Socket> {
    const socket = connect(place.address?.socket ?? assert.fail());
    sockets.push(socket);
    await once(socket, 'connect');
    for (const message of messages) socket.write(`${JSON.stringify(message)}\n`);
    return socket;
  }

  function counted(): number {
    const { points = [] } = primary.sums.histograms.get(METRICS.operationDuration) ?? {};
    return Array.from(points, ({ count }) => count).reduce((sum, count) => sum + count, 0);
  }

  /** Until the primary has read what was sent before: it has answered, or closed the connection. */
  async function isRead(socket: Socket): Promise<void> {
    await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  }

  it('has a folder that nobody else can look into', () => {
    const found = MeetingPlace.find(process.pid);
    assert.deepEqual(found?.address, place.address);
    for (const file of ['', 'address.json']) {
      const [name = ''] = [...new Set([place.socket.replace(/socket$/, file)])];
      assert.equal(statSync(name).mode & 0o077, 0, file);
    }
  });

  it('is not found where somebody else could have made the folder', () => {
    chmodSync(join(place.socket, '..'), 0o777);
    assert.equal(MeetingPlace.find(process.pid), undefined);
  });

  it('takes the reports of a worker that knows the secret', async () => {
    const socket = await open(hello('1-a'), { type: 'report', report: report(3) });
    await isRead(socket);
    while (counted() === 0) await turn();
    assert.equal(counted(), 3);
  });

  for (const [what, messages] of Object.entries({
    'with another secret': [{ type: 'hello', secret: '0'.repeat(64), worker: '1-a' }],
    'without a secret': [{ type: 'report', report: report(3) }],
    'that sends what is no message': [{ type: 'nonsense' }],
    'that sends what is no object': [7],
  })) {
    it(`turns away somebody ${what}`, async () => {
      const socket = await open(...messages, { type: 'report', report: report(3) });
      socket.on('error', () => undefined);
      await once(socket, 'close');
      assert.equal(counted(), 0);
    });
  }

  it('turns away a worker whose report is none, and keeps what it told before', async () => {
    const socket = await open(hello('1-a'), { type: 'report', report: report(3) });
    await isRead(socket);
    socket.on('error', () => undefined);
    socket.write(`${JSON.stringify({ type: 'report', report: { histograms: [{}] } })}\n`);
    await once(socket, 'close');
    assert.equal(counted(), 3);
  });

  it('does not take half of a report of a worker that is killed', async () => {
    const socket = await open(hello('1-a'), { type: 'report', report: report(3) });
    await isRead(socket);
    const whole = JSON.stringify({ type: 'report', report: report(5) });
    socket.write(whole.slice(0, -10));
    await new Promise<void>(resolve => {
      socket.end(() => {
        resolve();
      });
    });
    await primary.collect();
    assert.equal(counted(), 3);
  });

  it('takes what a worker has left in its folder when that has ended', async () => {
    const socket = await open(hello('1-a'), { type: 'report', report: report(3) });
    await isRead(socket);
    place.writeLastReport('1-a', report(5));
    socket.end();
    await primary.collect();
    assert.equal(counted(), 5);
    assert.deepEqual(place.lastReports, []);
  });

  it('takes what a worker has left that never came to say hello', async () => {
    place.writeLastReport('1-a', report(5));
    await primary.collect();
    assert.equal(counted(), 5);
  });

  it('serves once what such workers wanted, and says why it cannot', async () => {
    const wanted = { host: 'localhost', port: 9464, endpoint: '/metrics', resource: {} };
    const unserved: unknown[] = [];
    server.sayNotServed = request => unserved.push(request);
    place.writeLastReport('1-a', { ...report(5), wanted });
    place.writeLastReport('2-a', { ...report(5), wanted });
    place.writeLastReport('3-a', { ...report(5), wanted: { port: 'none' } });
    await primary.collect();
    while (unserved.length === 0) await turn();
    assert.deepEqual(unserved, [wanted]);
    assert.equal(counted(), 15);
  });

  it('does not say why where a worker has been told already', async () => {
    const wanted = { host: 'localhost', port: 9464, endpoint: '/metrics', resource: {} };
    let refusals = 0;
    server.serve = () => {
      refusals++;
      return Promise.reject(new Error('none'));
    };
    const socket = await open(hello('1-a'), { type: 'serve', id: 1, ...wanted });
    let answers = '';
    socket.on('data', (part: Buffer) => (answers += part.toString()));
    while (!answers.includes('"error"')) await turn();
    place.writeLastReport('2-a', { ...report(5), wanted });
    await primary.collect();
    // What there is to say is said by sayNotServed(), which fails here.
    while (refusals < 2) await turn();
    await turn();
  });

  it('counts nothing twice that arrives after the last report', async () => {
    place.writeLastReport('1-a', report(5));
    await primary.collect();
    const socket = await open(hello('1-a'), { type: 'report', report: report(5) });
    await isRead(socket);
    socket.end();
    await once(socket, 'close');
    await primary.collect();
    assert.equal(counted(), 5);
  });

  it('says in one line which worker has other boundaries, and counts the others', async () => {
    const first = await open(hello('1-a'), { type: 'report', report: report(3) });
    await isRead(first);
    const other = JSON.parse(JSON.stringify(report(4)).replace('[1]', '[2]')) as object;
    const second = await open(
      hello('2-b'),
      { type: 'report', report: other },
      { type: 'report', report: other },
    );
    await isRead(second);
    while (lines.length === 0) await turn();
    await turn();
    assert.equal(counted(), 3);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /^otherBoundaries 2 /);
  });

  it('stops serving when all have closed that who are still there', async () => {
    const request = { host: 'localhost', port: 1, endpoint: '/metrics', resource: {} };
    const served = { ...request, url: '', isNew: true, isElsewhere: false };
    let asked = 0;
    let opened: () => void = assert.fail;
    const isOpen = new Promise<void>(resolve => (opened = resolve));
    let stops = 0;
    Object.assign(server, {
      serve: () => {
        asked++;
        return isOpen.then(() => served);
      },
      stop: () => {
        stops++;
        return Promise.resolve();
      },
    } satisfies Partial<SumsServer>);
    const first = await open(hello('1-a'), { type: 'serve', id: 1, ...request });
    while (asked === 0) await turn();
    place.writeLastReport('1-a', report(1));
    first.end();
    // Then the primary knows that it has ended.
    while (place.lastReports.length > 0) await turn();
    opened();
    const second = await open(hello('2-b'), { type: 'serve', id: 1, ...request });
    await isRead(second);
    second.write(`${JSON.stringify({ type: 'close', id: 2 })}\n`);
    for await (const chunk of second) if (String(chunk).includes('"id":2')) break;
    assert.equal(stops, 1);
  });
});

describe('a primary when something goes wrong', () => {
  const { XDG_RUNTIME_DIR: outer } = process.env;
  let folder: string;
  let place: MeetingPlace;
  let primary: Primary;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'p-'));
    process.env.XDG_RUNTIME_DIR = folder;
    place = MeetingPlace.create();
    primary = new Primary(NO_SERVER, place, () => undefined);
  });

  afterEach(() => {
    primary.close();
    rmSync(folder, { recursive: true });
    if (outer === undefined) delete process.env.XDG_RUNTIME_DIR;
    else process.env.XDG_RUNTIME_DIR = outer;
  });

  const isAnnounced = async () => {
    while (place.address === undefined) await turn();
  };

  it('gives up its place where it cannot write there', async () => {
    const { socket } = place;
    // It stands where the address is to be.
    mkdirSync(join(socket, '..', 'address.json'));
    while (existsSync(join(socket, '..'))) await turn();
    assert.equal(MeetingPlace.find(process.pid), undefined);
  });

  it('goes on where it cannot take away what a worker has left', async () => {
    await isAnnounced();
    place.writeLastReport('1-a', report(5));
    mkdirSync(join(place.socket, '..', 'last-report-2-b.json'));
    await primary.collect();
    const { points = [] } = primary.sums.histograms.get(METRICS.operationDuration) ?? {};
    assert.deepEqual(
      Array.from(points, ({ count }) => count),
      [5],
    );
  });

  it('keeps its place when a connection cannot be accepted', async () => {
    await isAnnounced();
    let server: Server | undefined;
    const onSocket = (message: unknown) => {
      ({ server } = (message as { socket: Socket & { server: Server } }).socket);
    };
    subscribe('net.server.socket', onSocket);
    const socket = connect(place.socket);
    try {
      while (server === undefined) await turn();
      // As Node.js does when the system has no memory for a further socket.
      server.emit('error', Object.assign(new Error('accept'), { code: 'ENOBUFS' }));
      assert.ok(place.address);
    } finally {
      unsubscribe('net.server.socket', onSocket);
      socket.destroy();
    }
  });

  it('ends where it cannot remove the folder', async () => {
    await isAnnounced();
    renameSync(folder, `${folder}-moved`);
    try {
      writeFileSync(folder, '');
      assert.doesNotThrow(() => {
        primary.close();
      });
    } finally {
      rmSync(folder, { recursive: true });
      renameSync(`${folder}-moved`, folder);
    }
  });
});

describe('the secret of a primary', () => {
  it('is known to whoever gives the same', () => {
    assert.equal(isSameSecret('secret', 'secret'), true);
    for (const other of ['Secret', 'secret1', '', 7]) {
      assert.equal(isSameSecret('secret', other), false);
    }
  });

  it('is known to nobody as long as there is none', () => {
    for (const given of ['', 'undefined', undefined]) {
      assert.equal(isSameSecret(undefined, given), false);
    }
  });
});

describe('a meeting place', () => {
  it('is none where the path is too long for a socket', () => {
    const { XDG_RUNTIME_DIR: outer, TMPDIR: temporary } = process.env;
    const long = join(tmpdir(), 'x'.repeat(120));
    try {
      process.env.XDG_RUNTIME_DIR = long;
      process.env.TMPDIR = long;
      assert.throws(() => MeetingPlace.create(), /too long a path for a socket/);
    } finally {
      Object.assign(process.env, { XDG_RUNTIME_DIR: outer ?? '', TMPDIR: temporary ?? '' });
      if (outer === undefined) delete process.env.XDG_RUNTIME_DIR;
      if (temporary === undefined) delete process.env.TMPDIR;
    }
  });
});
