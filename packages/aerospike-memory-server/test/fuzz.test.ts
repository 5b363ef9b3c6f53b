import assert from 'node:assert/strict';
import { AerospikeMemoryServer } from '../src';
import { mutate } from './support/mutations';
import { Random } from './support/random';
import { CLIENT_VERSIONS, recordedHandshakes, recordedSteps } from './support/recordings';
import { RECORDED_UDFS } from './support/recorded-udfs';
import { frame, info, resultCodeOf } from './support/requests';
import { WireClient } from './support/wire-client';

const HEADER_LENGTH = 8;
const MESSAGE = 3;
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
    .map(message => message.frame),
]);
const BODIES = REQUESTS.map(request => request.subarray(HEADER_LENGTH));

describe('whatever is made of the recorded requests', () => {
  let server: AerospikeMemoryServer;

  before(async () => {
    server = await AerospikeMemoryServer.create({ namespaces: ['test', 'bar'] });
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
    it(`in a sound frame is answered, and so is what comes next (seed ${seed})`, async () => {
      const random = new Random(seed);
      const client = await connect();
      for (let i = 0; i < 1000; i++) {
        const type = random.pick(REQUESTS).readUInt8(1);
        const request = frame(type, mutate(BODIES, random));
        const answers = await answersTo(request, client);
        const isMistake = (answer: Buffer): boolean =>
          answer[1] === MESSAGE && resultCodeOf(answer) === SERVER_ERROR;
        assert.ok(answers.length > 0, request.toString('hex'));
        assert.ok(!answers.some(isMistake), request.toString('hex'));
      }
      client.close();
    });
  }

  for (const seed of [5, 6]) {
    it(`and sent in pieces ends with the connection, and the next client is served (seed ${seed})`, async () => {
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
