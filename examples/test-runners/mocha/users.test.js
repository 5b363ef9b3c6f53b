const assert = require('node:assert/strict');
const { describe, it } = require('mocha');
const hooks = require('./hooks');
const users = require('./users');

describe('a user', () => {
  it('has the name that was saved', async () => {
    await users.save(hooks.client, 'ada', 'Ada');
    assert.equal(await users.nameOf(hooks.client, 'ada'), 'Ada');
  });

  it('who was not saved is not found', async () => {
    await assert.rejects(users.nameOf(hooks.client, 'nobody'), { code: 2 });
  });
});
