import { CommandError, ResultCode, unsupported } from '../protocol/result-code';
import type { Namespace } from '../store/namespace';
import {
  isUsable,
  keysOf,
  type IndexSource,
  type IndexType,
  type SecondaryIndex,
} from '../store/secondary-index';
import { pairs, type InfoCommands, type InfoSource } from './info-command';
import type { InfoParameters } from './parameters';

const TYPES: readonly string[] = ['numeric', 'string', 'blob', 'geo2dsphere'] satisfies IndexType[];
const SOURCES: readonly string[] = [
  'default',
  'list',
  'mapkeys',
  'mapvalues',
] satisfies IndexSource[];

/** Secondary indexes. A namespace that does not exist is no error: the real server does not look. */
export const INDEX_COMMANDS: InfoCommands = {
  'sindex-create': (source, parameters) => {
    namespaceIn(source, parameters)?.indexes.add(indexFrom(parameters));
    return 'ok';
  },
  'sindex-delete': (source, parameters) => {
    namespaceIn(source, parameters)?.indexes.delete(parameters.required('indexname'));
    return 'ok';
  },
  'sindex-exists': (source, parameters) => {
    const index = namespaceIn(source, parameters)?.indexes.get(parameters.required('indexname'));
    return String(index !== undefined);
  },
  'sindex-list': ({ store }, parameters) => {
    const name = parameters.optional('namespace', 'ns');
    const namespaces = name === undefined ? store.namespaces.values() : [store.namespace(name)];
    return [...namespaces].flatMap(describeAll).join(';');
  },
  'sindex-stat': (source, parameters) =>
    statistics(source, parameters.required('namespace', 'ns'), parameters.required('indexname')),
  sindex: (source, { path: [namespace = '', index = ''] }) => statistics(source, namespace, index),
};

function namespaceIn({ store }: InfoSource, parameters: InfoParameters): Namespace | undefined {
  return store.namespaces.get(parameters.required('namespace', 'ns'));
}

function indexFrom(parameters: InfoParameters): SecondaryIndex {
  const expression = parameters.optional('exp') ?? '';
  // Older clients send bin and type as one value.
  const [bin, type] = parameters.optional('indexdata')?.split(',') ?? [
    expression === '' ? parameters.required('bin') : '',
    parameters.required('type'),
  ];
  return {
    name: parameters.required('indexname'),
    set: parameters.optional('set') ?? '',
    bin: bin ?? '',
    type: oneOf(TYPES, type ?? '') as IndexType,
    source: oneOf(SOURCES, parameters.optional('indextype') ?? 'default') as IndexSource,
    context: parameters.optional('context', 'cdt_ctx') ?? '',
    expression,
  };
}

function oneOf(supported: readonly string[], given: string): string {
  const value = given.toLowerCase();
  if (!supported.includes(value)) throw unsupported(`an index of type ${value}`);
  return value;
}

function describeAll(namespace: Namespace): string[] {
  return [...namespace.indexes.values()].map(index =>
    pairs(
      {
        ns: namespace.settings.name,
        indexname: index.name,
        set: index.set || 'null',
        bin: index.bin || 'null',
        type: index.type,
        indextype: index.source,
        context: index.context || 'null',
        exp: index.expression || 'null',
        state: 'RW',
      },
      ':',
    ),
  );
}

/** The client waits for a load of 100 percent; it is always that. */
function statistics(
  { store, partitions }: InfoSource,
  namespaceName: string,
  indexName: string,
): string {
  const namespace = store.namespaces.get(namespaceName);
  const index = namespace?.indexes.get(indexName);
  if (!namespace || !index) throw new CommandError(ResultCode.INDEX_NOT_FOUND, 'no index');
  const progress = { load_pct: 100, load_time: 0, stat_gc_recs: 0 };
  // No number is better than a wrong one.
  if (!isUsable(index)) return pairs(progress, ';');
  let entries = 0;
  for (const record of namespace.recordsIn(partitions)) {
    if (index.set === '' || record.set === index.set) entries += keysOf(index, record).length;
  }
  return pairs({ entries, ...progress }, ';');
}
