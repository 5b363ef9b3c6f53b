import { createServer, type AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { FrameReader, FrameType } from '../src/protocol/frame';
import { loneNode } from '../test/support/lone-node';

/**
 * In a thread of its own: a server that shakes hands, and answers every command with the same bytes without looking at it.
 * How fast a client is with it is how fast that client can be.
 */
const canned = Buffer.from(workerData as Uint8Array);
const node = loneNode();

const server = createServer(socket => {
  const frames = new FrameReader(1024 * 1024);
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    frames.push(chunk);
    socket.cork();
    for (let frame = frames.next(); frame; frame = frames.next()) {
      const answer = frame.type === FrameType.MESSAGE ? [canned] : node.answer(frame, '');
      for (const bytes of answer) socket.write(bytes);
    }
    socket.uncork();
  });
});

server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
});
