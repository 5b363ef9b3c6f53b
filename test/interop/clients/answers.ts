/** What a program has to print, whatever client it uses: the sections and their answers. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const users = (...numbers: readonly number[]) => numbers.map(number => `user-${number}`);

const ALL = users(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
const ODD = users(1, 3, 5, 7, 9);

/**
 * The answers of a server to the programs in the folder programs. The users, ten of them, are those of users.py: ages
 * from 20 on, in the groups "even" and "odd", with the tags t0, t1 and t2 in turn.
 */
export const ANSWERS: Answers = {
  records: {
    read: {
      name: 'user-3',
      age: 23,
      group: 'odd',
      score: 3.5,
      active: true,
      photo: '03ff',
      tags: ['t0', 'all'],
      address: { city: 'Bern', zip: 1003 },
    },
    selected: { name: 'user-3', age: 23 },
    exists: [true, false],
    missing: 2,
    existing: 5,
    outdated: 3,
    changed: { age: 6, name: 'abc' },
    generation: 4,
    expires: true,
    removed: 2,
    removedAgain: 2,
  },
  operations: {
    incremented: 3,
    appended: 4,
    smallest: 0,
    range: [1, 2],
    put: 2,
    byKey: 2,
    removed: 1,
    left: { n: 3, list: [3, 1, 2, 0], map: { b: 2 } },
  },
  batches: {
    names: [...ALL, 2, 2],
    selected: [{ age: 20 }, { age: 21 }, { age: 22 }],
    incremented: [0, 0, 0, 0],
    visits: [2, 2, 2, 2, null],
    created: [5, 0],
    removed: [0, 2],
  },
  queries: {
    between: users(3, 4, 5),
    equalNumber: users(1),
    equalText: ODD,
    nothing: [],
    filtered: users(7, 9),
    withoutIndex: 201,
  },
  collectionIndexes: {
    list: users(1, 4, 7),
    mapValues: ODD,
  },
  scans: {
    names: ALL,
    selected: ['name'],
    empty: 0,
    halves: ALL,
    sum: [500, (500 * 499) / 2],
  },
  background: {
    seen: ALL.map(() => 1),
  },
  expressions: {
    passed: 'user-7',
    filteredRead: 27,
    filteredWrite: 27,
    both: users(6, 8),
    either: users(0, 9),
    arithmetic: users(4),
    regex: users(1, 2),
    condition: users(0, 7, 9),
    variable: users(4),
    exists: users(0, 1, 2, 3),
  },
  collectionExpressions: {
    map: ODD,
    list: users(2, 5, 8),
    size: [],
    read: 25,
  },
  functions: {
    applied: 42,
    stored: { n: 42 },
    unknown: 100,
    batch: [0],
  },
  administration: {
    edition: 'Aerospike Community Edition',
    truncated: 0,
  },
};
