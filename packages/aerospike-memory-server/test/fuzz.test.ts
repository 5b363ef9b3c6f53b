import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { AerospikeMemoryServer } from '../src';
import type { ClusterNode } from '../src/cluster/cluster-node';
import { decodeMessage } from '../src/protocol/message';
import { compileModule } from '../src/udf/module';
import { describeModule } from '../src/udf/source';
import { mutate, mutateContent } from './support/mutations';
import { Random } from './support/random';
import { RECORDED_UDFS } from './support/recorded-udfs';
import { CLIENT_VERSIONS, recordedHandshakes, recordedSteps } from './support/recordings';
import { frame, info, message, resultCodeOf, type RequestParts } from './support/requests';
import { WireClient } from './support/wire-client';
import { loneNode } from './support/lone-node';

const HEADER_LENGTH = 8;
const MESSAGE = 3;
const NAMESPACES = ['test', 'bar'];
/** What the server says when it finds a mistake of its own. */
const SERVER_ERROR = 1;
/** A question that no recorded request could become, and its answer. */
const MARK = info('mark\n');
const MARK_ANSWER = info('mark\tERROR:4:unrecognized command\n');

const REQUESTS: readonly Buffer[] = CLIENT_VERSIONS.flatMap(version => [
  ...recordedHandshakes(version).map(({ request }) => request),
  ...recordedSteps(version)
    .flatMap(({ messages }) => messages)
    .filter(({ dir }) => dir === 'request')
    .map(request => request.frame),
]);
const BODIES = REQUESTS.map(request => request.subarray(HEADER_LENGTH));
const MESSAGES: readonly RequestParts[] = BODIES.filter((_, i) => REQUESTS[i]?.[1] === MESSAGE)
  .map(decodeMessage)
  .map(({ fields, operations, ...header }) => ({
    ...header,
    fields: [...fields],
    operations: operations.map(({ op, bin, value }) => [op, value.type, bin, value.bytes] as const),
  }));
/** What stands in the fields and operations of the recorded requests, to be put where it does not belong. */
const CONTENTS = MESSAGES.flatMap(({ fields = [], operations = [] }) => [
  ...fields.map(([, data]) => Buffer.from(data)),
  ...operations.map(([, , , value = Buffer.alloc(0)]) => value),
]);

describe('a server that gets mutations of the recorded requests', () => {
  let server: AerospikeMemoryServer;

  before(async () => {
    server = await AerospikeMemoryServer.create({ namespaces: NAMESPACES });
    await server.registerUdf('wire', RECORDED_UDFS);
  });

  after(async () => {
    await server.stop();
  });

  function connect(): Promise<WireClient> {
    return WireClient.connect(server.port);
  }

  /** The answers to a request: what comes before the answer to the question that is sent with it. */
  async function answersTo(request: Buffer, client: WireClient): Promise<Buffer[]> {
    await client.send(Buffer.concat([request, MARK]));
    const answers: Buffer[] = [];
    for (;;) {
      const answer = await client.receive();
      if (answer.equals(MARK_ANSWER)) return answers;
      answers.push(answer);
    }
  }

  for (const seed of [1, 2, 3, 4]) {
    it(`answers them and what comes next when their frames are sound (seed ${seed})`, async () => {
      const random = new Random(seed);
      const client = await connect();
      for (let i = 0; i < 1000; i++) {
        const request = frame(random.pick(REQUESTS).readUInt8(1), mutate(BODIES, random));
        const answers = await answersTo(request, client);
        assert.ok(answers.length > 0, request.toString('hex'));
      }
      client.close();
    });
  }

  for (const seed of [5, 6]) {
    it(`serves the next client after connections with anything in pieces (seed ${seed})`, async () => {
      const random = new Random(seed);
      for (let i = 0; i < 200; i++) {
        const client = await connect();
        let left = mutate(REQUESTS, random);
        while (left.length > 0) {
          const piece = left.subarray(0, 1 + random.below(left.length));
          await client.send(piece);
          left = left.subarray(piece.length);
        }
        client.socket.end();
        await client.closed();
      }
      const next = await connect();
      assert.deepEqual(await next.request(MARK), MARK_ANSWER);
      next.close();
    });
  }
});

describe('a node that gets recorded requests with other contents', () => {
  const warnings: Error[] = [];
  const collect = (warning: Error): void => void warnings.push(warning);

  before(() => process.on('warning', collect));
  after(() => process.off('warning', collect));

  function newNode(): ClusterNode {
    const node = loneNode({ namespaces: NAMESPACES });
    const { name, sources } = describeModule('wire', RECORDED_UDFS);
    node.store.udfs.modules.set(name, compileModule(name, sources));
    return node;
  }

  for (const seed of [7, 8, 9, 10]) {
    it(`makes no mistake (seed ${seed})`, async () => {
      const random = new Random(seed);
      const node = newNode();
      for (let i = 0; i < 5000; i++) {
        const request = message(mutateContent(random.pick(MESSAGES), CONTENTS, random));
        const body = request.subarray(HEADER_LENGTH);
        const [answer] = node.answer({ type: MESSAGE, body }, '127.0.0.1:3000');
        assert.ok(answer && resultCodeOf(answer) !== SERVER_ERROR, request.toString('hex'));
      }
      // Warnings are given in the next turn of the event loop.
      await setImmediate();
      assert.deepEqual(warnings, []);
    });
  }
});
