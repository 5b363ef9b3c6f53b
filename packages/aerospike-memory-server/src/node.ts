import { answerMessage, refuseMessage } from './commands';
import { answerInfo, type InfoSource } from './info';
import { Info1 } from './protocol/bits';
import { compressedInfo1 } from './protocol/compression';
import { allocateFrame, FRAME_HEADER_LENGTH, FrameType, type Frame } from './protocol/frame';
import { ResultCode } from './protocol/result-code';
import { Store } from './store/store';
import type { ResolvedOptions } from './options';

const SECURITY_ANSWER_LENGTH = 16;

/** The one node of the cluster: a frame in, one or more frames out. It knows nothing of sockets. */
export class Node implements InfoSource {
  readonly nodeName = 'B1';
  readonly clusterName: string;
  readonly store: Store;
  #partitionGeneration = 0;

  constructor({ clusterName, namespaces, defaultTtl, maxRecordSize }: ResolvedOptions) {
    this.clusterName = clusterName;
    this.store = new Store(namespaces.map(name => ({ name, defaultTtl, maxRecordSize })));
  }

  /** Rises with every restart, so that clients ask again which partitions are here. */
  get partitionGeneration(): number {
    return this.#partitionGeneration;
  }

  /** Begins anew, with its records or without. */
  restart(keepRecords: boolean): void {
    this.#partitionGeneration++;
    if (!keepRecords) for (const namespace of this.store.namespaces.values()) namespace.clear();
  }

  /** `address` is where the client reached the server, as host:port. */
  answer({ type, body }: Frame, address: string): Iterable<Buffer> {
    switch (type) {
      case FrameType.MESSAGE:
        return answerMessage(this.store, body);
      case FrameType.INFO:
        return [answerInfo(this, body, address)];
      case FrameType.SECURITY:
        return [refuseSecurity()];
      default:
        return [refuseCompression(body)];
    }
  }
}

/** The Community Edition has no users: a client that logs in is told so. */
function refuseSecurity(): Buffer {
  const frame = allocateFrame(FrameType.SECURITY, SECURITY_ANSWER_LENGTH).fill(
    0,
    FRAME_HEADER_LENGTH,
  );
  frame[FRAME_HEADER_LENGTH + 1] = ResultCode.SECURITY_NOT_SUPPORTED;
  return frame;
}

/** Nor does it take compressed messages, whatever is in them; only a batch needs an answer of another form. */
function refuseCompression(body: Buffer): Buffer {
  const isBatch = (compressedInfo1(body) & Info1.BATCH) !== 0;
  return refuseMessage(isBatch ? 'batch' : 'read', ResultCode.ENTERPRISE_ONLY);
}
