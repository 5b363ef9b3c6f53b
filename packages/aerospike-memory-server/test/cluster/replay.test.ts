import assert from 'node:assert/strict';
import { AerospikeMemoryServer } from '../../src';
import { Info2, OpType } from '../../src/protocol/bits';
import {
  decodeFields,
  decodeOperations,
  MESSAGE_HEADER_LENGTH,
  type Fields,
  type Operation,
} from '../../src/protocol/message';
import { messageStarts } from '../support/answers';
import { comparable, endsIn, isAboutRunningJob, isQuery } from '../support/comparison';
import { codeOf, exchangesOf, replay, type Exchange } from '../support/exchanges';
import { RECORDED_UDFS } from '../support/recorded-udfs';
import {
  CLIENT_VERSIONS,
  NODE_NAMES,
  recordedClusterSteps,
  type NodeName,
  type RecordedClusterMessage,
  type RecordedClusterStep,
} from '../support/recordings';
import { info, message } from '../support/requests';
import { WireClient } from '../support/wire-client';

const NOTHING = Buffer.alloc(0);
const HEADER_LENGTH = 8;
const INFO = 1;

/** Where the recorded nodes were. */
const RECORDED_PORTS: Readonly<Record<NodeName, number>> = { A1: 4100, B1: 4110, C1: 4120 };

/** Steps that are not answered with the same bytes, and with which result code instead. */
const OTHERWISE: Readonly<Record<string, { readonly code: number; readonly why: string }>> = {
  'query-apply-stream-udf': {
    code: 0,
    why: 'there is one partial result of each node instead of one from each thread',
  },
  'raw-batch-at-wrong-node': { code: 0, why: 'rows of other nodes come no later than their own' },
  'raw-scan-same-task-id': { code: 0, why: 'a task id may come again' },
};

/** The exchanges of each connection, in the order in which they began. */
function exchangesByNode(
  messages: readonly RecordedClusterMessage[],
): { node: NodeName; exchange: Exchange }[] {
  const connections = new Map<number, RecordedClusterMessage[]>();
  for (const message of messages) {
    const connection = connections.get(message.conn) ?? [];
    connections.set(message.conn, [...connection, message]);
  }
  return [...connections.values()]
    .flatMap(ofOne => {
      const node = ofOne[0]?.node ?? 'A1';
      return exchangesOf(ofOne).map(exchange => ({ node, exchange }));
    })
    .sort((a, b) => positionOf(a.exchange, messages) - positionOf(b.exchange, messages));
}

function positionOf({ requests }: Exchange, messages: readonly RecordedClusterMessage[]): number {
  return messages.findIndex(({ frame }) => frame === requests[0]);
}

/** The requests that write what a recorded scan has found: how it came there was not recorded. */
function writesOf(steps: readonly RecordedClusterStep[]): Buffer[] {
  const scan = steps.find(({ step }) => step === 'scan')?.messages ?? [];
  return scan
    .filter(({ dir }) => dir === 'response')
    .flatMap(({ frame }) => messageStarts(frame).map(start => frame.subarray(start)))
    .map(answer => decodeAnswer(answer))
    .filter(({ operations }) => operations.length > 0)
    .map(({ fields, operations }) =>
      message({
        info2: Info2.WRITE,
        fields: [...fields],
        operations: operations.map(
          ({ bin, value }) => [OpType.WRITE, value.type, bin, value.bytes] as const,
        ),
      }),
    );
}

function decodeAnswer(answer: Buffer): { fields: Fields; operations: readonly Operation[] } {
  const cursor = { bytes: answer, offset: MESSAGE_HEADER_LENGTH };
  const fields = decodeFields(cursor, answer.readUInt16BE(18));
  return { fields, operations: decodeOperations(cursor, answer.readUInt16BE(20)) };
}

/** In which order nodes list each other is theirs to choose, and was not the same in all recordings. */
function withSortedPeers(text: string): string {
  return text.replace(/\[\[\w+,,.*\]\]/, peers => {
    const each = peers.slice(1, -1).match(/\[\w+,,\[[^\]]*\]\]/g) ?? [];
    return `[${each.sort().join()}]`;
  });
}

function inOrder(frame: Buffer): Buffer {
  return frame[1] === INFO ? info(withSortedPeers(frame.toString('latin1', HEADER_LENGTH))) : frame;
}

/** A client that has enough records for its page hangs up before it has read the rest. */
function wasCutShort({ requests, responses }: Exchange): boolean {
  const [request = NOTHING] = requests;
  return isQuery(request) && responses.every(frame => endsIn(frame) === 0);
}

for (const version of CLIENT_VERSIONS) {
  const steps = recordedClusterSteps(version);

  describe(`what client ${version} says to three nodes is answered as by real ones`, () => {
    const clients = new Map<NodeName, WireClient>();
    let server: AerospikeMemoryServer;

    before(async () => {
      server = await AerospikeMemoryServer.create({
        nodes: NODE_NAMES.length,
        namespaces: ['test', 'bar'],
        clusterName: 'wirelocal',
      });
      await server.registerUdf('wire', RECORDED_UDFS);
      for (const { name, port } of server.nodes) {
        clients.set(name as NodeName, await WireClient.connect(port));
      }
      for (const request of writesOf(steps)) await clientOf('A1').request(request);
    });

    after(async () => {
      for (const client of clients.values()) client.close();
      await server.stop();
    });

    function clientOf(node: NodeName): WireClient {
      const client = clients.get(node);
      assert.ok(client);
      return client;
    }

    /** As if the nodes listened where the recorded ones did. */
    function atRecordedPorts(frame: Buffer): Buffer {
      if (frame[1] !== INFO) return frame;
      let text = frame.toString('latin1', HEADER_LENGTH);
      for (const { name, port } of server.nodes) {
        text = text.replaceAll(`:${port}`, `:${RECORDED_PORTS[name as NodeName]}`);
      }
      return info(withSortedPeers(text));
    }

    async function check({ step, messages }: RecordedClusterStep): Promise<void> {
      for (const { node, exchange } of exchangesByNode(messages)) {
        const answers = (await replay(clientOf(node), exchange)).map(atRecordedPorts);
        if (isAboutRunningJob(exchange.responses)) continue;
        const [request = NOTHING] = exchange.requests;
        const actual = comparable(request, answers);
        const expected = comparable(request, exchange.responses.map(inOrder));
        if (step in OTHERWISE) {
          assert.notDeepEqual(actual, expected, `${step} is answered as recorded`);
          const codes = new Set(answers.map(codeOf));
          assert.deepEqual(codes, new Set([OTHERWISE[step]?.code]));
        } else if (wasCutShort(exchange)) {
          assert.deepEqual(
            expected.filter(message => !actual.includes(message)),
            [],
          );
        } else assert.deepEqual(actual, expected);
      }
    }

    for (const step of steps) {
      it(step.step, () => check(step));
    }
  });
}

describe('what nodes answer otherwise', () => {
  it('was recorded', () => {
    const names = recordedClusterSteps('6.7.1').map(({ step }) => step);
    for (const name of Object.keys(OTHERWISE)) assert.ok(names.includes(name), name);
  });
});
