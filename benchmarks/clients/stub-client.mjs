const BINS = { number: 1, text: 'some text' };
const METADATA = { ttl: 1000, gen: 1 };

/** The native part of the client replaced: it answers every command with the same record, many at a time. */
class StubNativeClient {
  #callbacks = [];

  getAsync(_key, _policy, callback) {
    this.#answer(callback);
  }

  putAsync(_key, _bins, _metadata, _policy, callback) {
    this.#answer(callback);
  }

  isConnected() {
    return true;
  }

  #answer(callback) {
    if (this.#callbacks.push(callback) > 1) return;
    queueMicrotask(() => {
      const callbacks = this.#callbacks;
      this.#callbacks = [];
      for (const answered of callbacks) answered(null, BINS, METADATA);
    });
  }
}

/** A client with all of its own JavaScript and no server. */
export function stubClient(aerospike) {
  const client = new aerospike.Client({ hosts: '127.0.0.1:3000' });
  client.as_client = new StubNativeClient();
  client.connected = true;
  return client;
}
