import { answerMessage, refuseMessage, refuseWhatever, type CommandScope } from '../commands';
import { answerInfo, type InfoSource } from '../info';
import { Info1 } from '../protocol/bits';
import { compressedInfo1 } from '../protocol/compression';
import { allocateFrame, FRAME_HEADER_LENGTH, FrameType, type Frame } from '../protocol/frame';
import { ResultCode } from '../protocol/result-code';
import { JobLog } from '../store/job-log';
import { PartitionSet } from '../store/partition-set';
import type { Store } from '../store/store';

const SECURITY_ANSWER_LENGTH = 16;

/** In the answer to clients: there are no partitions yet. */
const NOT_READY = -1;

/** A node of the cluster: a frame in, one or more frames out. It knows nothing of sockets. */
export class ClusterNode implements InfoSource, CommandScope {
  readonly jobs = new JobLog();
  /** The TCP port that the other nodes tell clients. */
  port = 0;
  #members: readonly ClusterNode[] = [];
  #partitions = PartitionSet.NONE;
  #partitionGeneration = NOT_READY;
  #peersGeneration = 0;
  #rebalanceGeneration = 0;

  constructor(
    readonly name: string,
    readonly clusterName: string,
    readonly store: Store,
  ) {}

  /** The nodes of the cluster as this one knows it, without itself. */
  get peers(): readonly ClusterNode[] {
    return this.#members.filter(node => node !== this);
  }

  /** How many nodes it knows, itself included. */
  get clusterSize(): number {
    return this.#members.length;
  }

  /** Those that this node is the master of; it is asked for the records of no others. */
  get partitions(): PartitionSet {
    return this.#partitions;
  }

  /** Rises whenever clients must ask again which partitions are here. */
  get partitionGeneration(): number {
    return this.#isReady ? this.#partitionGeneration : NOT_READY;
  }

  /** Rises whenever clients must ask again which other nodes there are. */
  get peersGeneration(): number {
    return this.#isReady ? this.#peersGeneration : 0;
  }

  get rebalanceGeneration(): number {
    return this.#rebalanceGeneration;
  }

  get #isReady(): boolean {
    return this.#members.length > 0;
  }

  /** Begins anew: it knows no cluster until it joins one, and has no partitions. */
  start(): void {
    this.#members = [];
    this.#partitions = PartitionSet.NONE;
  }

  /** Learns who is in the cluster, itself among them, and which partitions are its own. */
  join(members: readonly ClusterNode[], partitions: PartitionSet): void {
    const joined = members.filter(node => !this.#members.includes(node));
    const left = this.#members.filter(node => !members.includes(node));
    if (joined.length + left.length === 0) return;
    // A real node counts a peer that comes twice: itself, then its addresses.
    this.#peersGeneration += 2 * joined.filter(node => node !== this).length + left.length;
    this.#partitionGeneration++;
    this.#rebalanceGeneration++;
    this.#members = members;
    this.#partitions = partitions;
  }

  /** `address` is where the client reached the server, as host:port. */
  answer({ type, body }: Frame, address: string): Iterable<Buffer> {
    switch (type) {
      case FrameType.MESSAGE:
        if (!this.#isReady) return [refuseWhatever(body, ResultCode.PARTITION_UNAVAILABLE)];
        return answerMessage(this, body);
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
