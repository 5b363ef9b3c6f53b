import Aerospike from 'aerospike';

const keyOf = id => new Aerospike.Key('test', 'users', id);

export const save = (client, id, name) => client.put(keyOf(id), { name });

export async function nameOf(client, id) {
  const { bins } = await client.get(keyOf(id));
  return bins.name;
}
