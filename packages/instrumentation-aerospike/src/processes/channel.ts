import { StringDecoder } from 'node:string_decoder';
import type { Socket } from 'node:net';
import { inOwnTurn } from './turns';

/** In characters. A report of 2,000 series has a tenth of it. */
const MAX_LINE = 2 ** 25;

/**
 * Messages between two processes: each is a line of JSON. It keeps no process alive. Each message is taken in a turn of
 * its own: a primary gets those of all workers at the same time.
 */
export class Channel {
  private readonly decoder = new StringDecoder('utf8');
  private pieces: string[] = [];
  private length = 0;
  private hasFailed = false;

  /** @param onMessage takes what the other side has sent, whatever it is; throws to close the channel */
  constructor(
    private readonly socket: Socket,
    private readonly onMessage: (message: unknown) => void,
    onClose: () => void,
  ) {
    socket.unref();
    socket.on('data', chunk => {
      this.read(this.decoder.write(chunk));
    });
    // 'close' follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      inOwnTurn(onClose);
    });
  }

  /** Whether the other side has not read yet what was sent before. */
  get isBusy(): boolean {
    return this.socket.writableLength > 0;
  }

  send(message: object): void {
    if (this.socket.writable) this.socket.write(`${JSON.stringify(message)}\n`);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(text: string): void {
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end === -1) break;
      this.pieces.push(text.slice(start, end));
      const line = this.pieces.join('');
      this.pieces = [];
      this.length = 0;
      start = end + 1;
      inOwnTurn(() => {
        this.take(line);
      });
    }
    const rest = text.slice(start);
    this.length += rest.length;
    if (this.length > MAX_LINE) this.close();
    else if (rest !== '') this.pieces.push(rest);
  }

  private take(line: string): void {
    if (this.hasFailed) return;
    try {
      this.onMessage(JSON.parse(line));
    } catch {
      this.hasFailed = true;
      this.close();
    }
  }
}
