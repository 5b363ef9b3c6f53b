import {
  ATTR_DB_SYSTEM_NAME,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  DB_SYSTEM_NAME_VALUE_AEROSPIKE,
} from '../semconv';
import { serverAddressOf } from '../aerospike/server-address';
import { isFirstWithClients, type Participant } from '../coexistence';
import type { Recorder } from '../series/recorder';
import { CLIENT_METRICS, ClientState } from './client-state';
import type { ReadableClient } from './reading';

/** Has what clients tell of themselves reach a recorder. */
export class ClientObserver {
  private readonly clients = new ClientState(serverOf);
  private isEnabled = false;
  private recorder: Recorder | undefined;
  private stop: (() => void) | undefined;

  /** @param participant of the instrumentation, as others in the process see it */
  constructor(private readonly participant: () => Participant) {}

  /** What follows the clients; undefined while nobody wants it. */
  get state(): ClientState | undefined {
    return this.isEnabled && this.recorder?.refresh() === true ? this.clients : undefined;
  }

  /** Where the state of the clients goes. */
  get destination(): object | undefined {
    return this.recorder?.destination;
  }

  /** Remembers a connected client, so that it can be read later. One that is closed has nothing more to tell. */
  add(client: ReadableClient): void {
    if (client.isConnected(false)) this.clients.add(client);
  }

  setEnabled(isEnabled: boolean): void {
    this.isEnabled = isEnabled;
    this.clients.setListening(isEnabled && this.recorder !== undefined);
  }

  /** @param recorder undefined: the state of the clients goes nowhere */
  sendTo(recorder: Recorder | undefined): void {
    if (recorder === this.recorder) return;
    this.stop?.();
    this.recorder = recorder;
    this.clients.setListening(this.isEnabled && recorder !== undefined);
    this.stop = recorder?.observe(CLIENT_METRICS, report => {
      const { destination } = recorder;
      // While it is disabled nothing is reported, so that gauges do not stand still.
      if (this.isEnabled && isFirstWithClients(this.participant(), destination)) {
        this.clients.observe(report);
      }
    });
  }
}

function serverOf(client: ReadableClient): Record<string, string | number> {
  const { address, port } = serverAddressOf(client);
  return {
    [ATTR_DB_SYSTEM_NAME]: DB_SYSTEM_NAME_VALUE_AEROSPIKE,
    ...(address !== undefined && { [ATTR_SERVER_ADDRESS]: address }),
    ...(port !== undefined && { [ATTR_SERVER_PORT]: port }),
  };
}
