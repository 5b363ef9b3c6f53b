import assert from 'node:assert/strict';
import { join } from 'node:path';
import { AerospikeMemoryServer } from 'aerospike-memory-server';
import { add } from '../functions';
import { output } from '../toolchains/command';
import { goProgram } from '../toolchains/go';
import { python, PYTHON_PROGRAMS } from '../toolchains/python';
import { ANSWERS, type Answers } from './answers';

/** A program that uses the server with a client that is not the one for Node.js. */
interface ClientProgram {
  /** The command that runs it, to which the port is added. */
  readonly command: (context: Mocha.Context) => Promise<readonly [string, ...string[]]>;
  readonly answers: Answers;
}

const pythonProgram =
  (file: string): ClientProgram['command'] =>
  async context => [await python(context), join(PYTHON_PROGRAMS, file)];

/** What aerospike-py has no call for. */
const NOT_IN_RUST = ['collectionIndexes', 'background', 'collectionExpressions'];

const RUST_ANSWERS: Answers = {
  ...Object.fromEntries(Object.entries(ANSWERS).filter(([name]) => !NOT_IN_RUST.includes(name))),
  // It gives its own code for what a function answers with an error.
  functions: { ...ANSWERS.functions, unknown: -1 },
};

const CLIENTS: Readonly<Record<string, ClientProgram>> = {
  'the Python client, built on the C client': {
    command: pythonProgram('c_core.py'),
    answers: ANSWERS,
  },
  'aerospike-py, built on the Rust client': {
    command: pythonProgram('rust_core.py'),
    answers: RUST_ANSWERS,
  },
  'the Go client': {
    command: async context => [await goProgram(context, 'go-client')],
    answers: ANSWERS,
  },
};

const CASES = Object.entries(CLIENTS).flatMap(([client, program]) =>
  [1, 3].map(nodes => ({
    ...program,
    client,
    nodes,
    answers: {
      ...program.answers,
      administration: { ...program.answers.administration, nodes },
    },
  })),
);

for (const { client, nodes, command, answers } of CASES) {
  describe(`aerospike-memory-server with ${nodes} ${nodes === 1 ? 'node' : 'nodes'} answers ${client}`, function () {
    // Much of it is installing and building, the first time.
    this.timeout(300_000);

    let answered: Readonly<Record<string, unknown>>;

    before(async function () {
      const [executable, ...args] = await command(this);
      await using server = await AerospikeMemoryServer.create({
        namespaces: ['test', 'bar'],
        nodes,
      });
      await server.registerUdf('counters', { add });
      const text = await output(executable, [...args, String(server.port)], {
        // No folder of Python's own beside the sources.
        env: { PYTHONDONTWRITEBYTECODE: '1' },
      });
      answered = JSON.parse(text) as typeof answered;
    });

    for (const [section, expected] of Object.entries(answers)) {
      it(`about ${section}`, () => {
        assert.deepEqual(answered[section], expected);
      });
    }

    it('with nothing that is not looked at', () => {
      assert.deepEqual(Object.keys(answered).sort(), Object.keys(answers).sort());
    });
  });
}
