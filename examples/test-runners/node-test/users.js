const Aerospike = require('aerospike');

const keyOf = id => new Aerospike.Key('test', 'users', id);

exports.save = (client, id, name) => client.put(keyOf(id), { name });

exports.nameOf = async (client, id) => {
  const { bins } = await client.get(keyOf(id));
  return bins.name;
};
