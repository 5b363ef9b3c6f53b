// Workers that call a server without a pause, and that end in the way that they are told to. Each end is replaced.
// For each call a worker writes a byte to a file before it, and one to another file when it has completed.
const cluster = require('node:cluster');
const { appendFileSync } = require('node:fs');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { setTimeout: wait } = require('node:timers/promises');

const {
  HOSTS,
  FOLDER,
  WORKERS = '4',
  OWN_SERVER_PORT,
  OTHER_SERVER_PORT,
  LIVES,
  TEXT_FIRST,
} = process.env;

if (cluster.isPrimary) {
  // Only the application's own messages arrive.
  cluster.on('message', (_worker, message) => console.log(message.told ?? `foreign message`));
  cluster.on('exit', (worker, code, signal) => {
    console.log(`ended ${worker.id} ${code} ${signal}`);
    if (!isEnding && worker.id < Number(LIVES ?? Infinity)) cluster.fork();
  });
  for (let count = 0; count < Number(WORKERS); count++) cluster.fork();
  let isEnding = false;
  createInterface({ input: process.stdin }).on('line', line => {
    const [way] = line.split(' ');
    const workers = Object.values(cluster.workers);
    const eldest = workers.reduce((first, worker) => (worker.id < first.id ? worker : first));
    if (way === 'pause' || way === 'stop-servers') for (const worker of workers) worker.send(way);
    else if (way === 'kill') eldest.process.kill('SIGKILL');
    // The eldest may be stopped.
    else if (way === 'text') workers.at(-1).send('text');
    else if (way === 'stop') eldest.process.kill('SIGSTOP');
    else if (way === 'continue') eldest.process.kill('SIGCONT');
    else if (way === 'end') {
      isEnding = true;
      for (const worker of workers) worker.process.kill('SIGKILL');
      process.exit();
    } else eldest.send(way);
  });
} else {
  // Loaded by those that start a server, or ask for the metrics themselves.
  const { startMetricsServer, stopMetricsServer, getMetrics } =
    (OWN_SERVER_PORT ?? TEXT_FIRST) === undefined
      ? {}
      : require('../../build/src/prometheus/index.js');
  let way;
  let server;
  process.on('message', async message => {
    if (message === 'close') {
      await server.close();
      process.send({ told: `closed ${cluster.worker.id}` });
    } else if (message === 'stop-server' || message === 'stop-servers') {
      await stopMetricsServer();
      await stopMetricsServer();
      process.send({ told: `stopped ${cluster.worker.id}` });
    } else if (message === 'text') {
      const counts = (await getMetrics()).matchAll(
        /^db_client_operation_duration_seconds_count.* (\d+)$/gm,
      );
      const sum = Array.from(counts, ([, count]) => Number(count)).reduce((a, b) => a + b, 0);
      process.send({ told: `getMetrics() has ${sum}` });
    } else {
      way = message;
    }
  });

  const run = async () => {
    if (TEXT_FIRST !== undefined) await getMetrics();
    if (OWN_SERVER_PORT !== undefined) {
      for (const port of [OWN_SERVER_PORT, OTHER_SERVER_PORT]) {
        if (port === undefined) continue;
        try {
          server = await startMetricsServer({ port: Number(port) });
          process.send({ told: `serving at ${server.url}` });
        } catch ({ code, message }) {
          process.send({ told: `could not serve: ${code} ${message}` });
        }
      }
    }
    const Aerospike = require('aerospike');
    const key = new Aerospike.Key('test', 'cluster', 1);
    const client = await Aerospike.connect({ hosts: HOSTS, log: { level: -1 } });
    process.send({ told: `running ${cluster.worker.id} ${process.pid}` });
    while (way === undefined) {
      appendFileSync(join(FOLDER, `started-${process.pid}`), '.');
      // A process that was stopped finds that its call has timed out, which is a call as well.
      await client.exists(key).catch(() => undefined);
      appendFileSync(join(FOLDER, `completed-${process.pid}`), '.');
      // One of many short lives, beside the first worker.
      if (LIVES !== undefined && cluster.worker.id > 1) process.exit();
      await wait(2);
    }
    if (way === 'pause') {
      process.send({ told: `paused ${cluster.worker.id}` });
      way = undefined;
      while (way === undefined) await wait(10);
    }
    if (way === 'exit') process.exit(3);
    if (way === 'error')
      setImmediate(() => {
        throw new Error('uncaught');
      });
    if (way === 'signal') process.kill(process.pid, 'SIGTERM');
    if (way === 'leave') {
      client.close(true);
      cluster.worker.disconnect();
    }
  };
  run();
}
