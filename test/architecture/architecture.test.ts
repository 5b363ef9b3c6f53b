import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circleIn, importsWithin, leadsTo } from './imports';
import { PACKAGE_NAMES, PACKAGES, ROOT } from '@test/support';

const DOCUMENT = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
const SRC = join(PACKAGES['opentelemetry-instrumentation-aerospike'], 'src');

/** The diagram: the names of the boxes, and where arrows lead from each of them. */
function diagram(): Map<string, string[]> {
  const [, source = ''] = /^```mermaid\n(.*?)^```/ms.exec(DOCUMENT) ?? [];
  const names = new Map(
    Array.from(source.matchAll(/^ *(\w+)\["<b>([^<]+)<\/b>/gm), ([, id = '', name = '']) => [
      id,
      name,
    ]),
  );
  const nameOf = (id: string) => names.get(id) ?? assert.fail(`there is no box ${id}`);
  const arrows = new Map(Array.from(names.values(), name => [name, [] as string[]]));
  for (const [, from = '', to = ''] of source.matchAll(/^ *(\w+) --> (\w+)$/gm)) {
    arrows.get(nameOf(from))?.push(nameOf(to));
  }
  return arrows;
}

/** What the folders and files of the source import from each other. */
function importsOfRooms(): Map<string, Set<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const [file, imports] of importsWithin(SRC)) {
    const known = rooms.get(roomOf(file)) ?? new Set();
    for (const imported of imports) known.add(roomOf(imported));
    rooms.set(roomOf(file), known);
  }
  return rooms;
}

/**
 * The boxes whose contents a room imports, each with the file that does so: the room itself, or a small file outside the
 * diagram that it imports. What such a file imports is imported by whoever uses it.
 */
function drawnBelow(
  room: string,
  imports: ReadonlyMap<string, ReadonlySet<string>>,
  arrows: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
  const found = new Map<string, string>();
  const passed = new Set([room]);
  for (const each of passed) {
    for (const imported of imports.get(each) ?? []) {
      if (!arrows.has(imported)) passed.add(imported);
      else if (!found.has(imported)) found.set(imported, each);
    }
  }
  return found;
}

function roomOf(file: string): string {
  const [first = '', ...rest] = file.split('/');
  return rest.length > 0 ? `${first}/` : first;
}

describe('the architecture', () => {
  for (const name of PACKAGE_NAMES) {
    it(`has no circle of imports in ${name}`, () => {
      assert.equal(circleIn(importsWithin(join(PACKAGES[name], 'src'))), undefined);
    });
  }

  it('has no circle in its diagram', () => {
    assert.equal(circleIn(diagram()), undefined);
  });

  it('has every folder and file in its diagram or below it', () => {
    const missing = [...importsOfRooms().keys()].filter(
      room => !diagram().has(room) && !DOCUMENT.includes(`\`${room}\``),
    );
    assert.deepEqual(missing, []);
  });

  it('is imported along the arrows of its diagram only', () => {
    const arrows = diagram();
    const imports = importsOfRooms();
    const against: string[] = [];
    for (const from of arrows.keys()) {
      for (const [to, file] of drawnBelow(from, imports, arrows)) {
        if (leadsTo(arrows, from, to)) continue;
        against.push(file === from ? `${from} imports ${to}` : `${from} imports ${to} by ${file}`);
      }
    }
    assert.deepEqual(against, []);
  });

  it('has no arrow without an import', () => {
    const imports = importsOfRooms();
    const idle: string[] = [];
    for (const [from, targets] of diagram()) {
      for (const to of targets) if (!imports.get(from)?.has(to)) idle.push(`${from} --> ${to}`);
    }
    assert.deepEqual(idle, []);
  });
});
