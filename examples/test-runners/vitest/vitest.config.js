import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The client cannot be used in a worker thread.
  test: { pool: 'forks' },
});
