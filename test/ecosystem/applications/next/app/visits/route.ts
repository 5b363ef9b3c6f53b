import Aerospike, { type Client } from 'aerospike';

// Next.js evaluates this file while it builds, too.
export const dynamic = 'force-dynamic';

let connected: Promise<Client> | undefined;

export async function GET(): Promise<Response> {
  connected ??= Aerospike.connect();
  const client = await connected;
  const key = new Aerospike.Key('test', 'visits', 'home');
  const visits = [Aerospike.operations.incr('visits', 1), Aerospike.operations.read('visits')];
  const { bins } = await client.operate(key, visits);
  return Response.json(bins);
}
