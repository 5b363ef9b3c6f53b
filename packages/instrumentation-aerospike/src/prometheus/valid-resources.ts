import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { labelName } from '../exposition/labels';
import { say } from '../notices';
import { resources } from '../sdk/resources';

type Resource = ResourceMetrics['resource'];

/** What Prometheus takes as the name of a label. */
const LABEL_NAME = /^[a-z_]\w*$/i;

/** Resources without the attributes for which Prometheus would refuse the whole scrape. */
export class ValidResources {
  private last: { readonly given: Resource; readonly valid: Resource } | undefined;

  /** Leaves out attributes whose label's name is invalid, or that of an attribute before; one line names them. */
  of(given: Resource): Resource {
    if (this.last?.given !== given) this.last = { given, valid: validOf(given) };
    return this.last.valid;
  }
}

function validOf(resource: Resource): Resource {
  const names = new Set<string>();
  const kept = Object.entries(resource.attributes).filter(([attribute]) => {
    const name = labelName(attribute);
    const isValid = LABEL_NAME.test(name) && !names.has(name);
    names.add(name);
    return isValid;
  });
  const left = Object.keys(resource.attributes).filter(
    attribute => !kept.some(([name]) => name === attribute),
  );
  if (left.length === 0) return resource;
  say('resourceLabels', left.join(', '));
  return resources.resourceFromAttributes(Object.fromEntries(kept));
}
