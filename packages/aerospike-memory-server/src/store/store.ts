import { CommandError, ResultCode } from '../protocol/result-code';
import { Clock } from './clock';
import { Namespace, type NamespaceSettings } from './namespace';
import { UdfCatalog } from './udf-catalog';

/** Everything the server remembers. */
export class Store {
  readonly clock = new Clock();
  readonly udfs = new UdfCatalog();
  readonly namespaces: ReadonlyMap<string, Namespace>;

  constructor(settings: readonly NamespaceSettings[]) {
    this.namespaces = new Map(settings.map(each => [each.name, new Namespace(each, this.clock)]));
  }

  /** Forgets all records. */
  clear(): void {
    for (const namespace of this.namespaces.values()) namespace.clear();
  }

  namespace(name: string): Namespace {
    const namespace = this.namespaces.get(name);
    if (!namespace) throw new CommandError(ResultCode.INVALID_NAMESPACE, `no namespace ${name}`);
    return namespace;
  }
}
