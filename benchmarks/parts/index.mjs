import * as client from './client.mjs';
import * as cluster from './cluster.mjs';
import * as growth from './growth.mjs';
import * as memory from './memory.mjs';
import * as observing from './observing.mjs';
import * as profile from './profile.mjs';
import * as recording from './recording.mjs';
import * as scrape from './scrape.mjs';
import * as startup from './startup.mjs';
import * as wrapper from './wrapper.mjs';

/** Those that are measured only when they are asked for: they explain the others, and nothing is to be reached in them. */
export const ON_REQUEST = ['profile', 'growth'];

/**
 * What is measured, in this order. Each part has a `title`, the `method` in a sentence or two, `run` that gives its
 * figures as they go into JSON, and `tables` that shows these.
 */
export const PARTS = {
  recording,
  wrapper,
  client,
  profile,
  scrape,
  cluster,
  observing,
  memory,
  startup,
  growth,
};
