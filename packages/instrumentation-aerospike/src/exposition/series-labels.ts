import type { Attributes } from '@opentelemetry/api';
import type { Family, Scope } from './family';
import { scopeLabels, type Label } from './labels';
import { validLabels } from './valid-labels';
import type { WriteOptions } from './write-options';

const SCOPE_LABELS = ['otel_scope_name', 'otel_scope_schema_url', 'otel_scope_version'];

/**
 * The labels of series, in the form of one format. It is made once for attributes that cannot become others, since then
 * they belong to a series that is written in every scrape.
 */
export class SeriesLabels<Form> {
  private readonly kept = new Map<Family['type'], WeakMap<Attributes, Form>>();

  constructor(
    private readonly options: WriteOptions,
    private readonly form: (pairs: readonly Label[]) => Form,
  ) {}

  /** Those of one series of a family of this type. */
  own(type: Family['type'], attributes: Attributes): Form {
    let kept = this.kept.get(type);
    if (kept === undefined) this.kept.set(type, (kept = new WeakMap()));
    const found = kept.get(attributes);
    if (found !== undefined) return found;
    const made = this.form(validLabels(attributes, reservedLabels(type, this.options)));
    if (isConstant(attributes)) kept.set(attributes, made);
    return made;
  }

  /** Those that all series of a family have after their own. */
  shared({ type, scope }: { readonly type: Family['type']; readonly scope: Scope }): Form {
    const { hasScopeLabels, constantLabels } = this.options;
    const ofScope = hasScopeLabels ? scopeLabels(scope) : [];
    // That of the buckets would stand twice.
    const constant = constantLabels.filter(([name]) => type !== 'histogram' || name !== 'le');
    return this.form([...ofScope, ...constant]);
  }
}

/** Names that an attribute cannot have, since they are those of other labels. */
export function reservedLabels(
  type: Family['type'],
  { hasScopeLabels, constantLabels }: WriteOptions,
): ReadonlySet<string> {
  return new Set([
    ...(hasScopeLabels ? SCOPE_LABELS : []),
    ...constantLabels.map(([name]) => name),
    ...(type === 'histogram' ? ['le'] : []),
  ]);
}

function isConstant(attributes: Attributes): boolean {
  return (
    Object.isFrozen(attributes) &&
    Object.values(attributes).every(value => typeof value !== 'object')
  );
}
