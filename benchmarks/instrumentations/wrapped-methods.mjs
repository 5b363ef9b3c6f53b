/**
 * Replaces the client's `get` and `put` in the way that instrumentations use to: they hang themselves on the promise.
 *
 * @param start called before the operation with its name and key; returns what to call when it is done
 */
export function wrapMethods({ Client }, start) {
  for (const name of ['get', 'put']) {
    const original = Client.prototype[name];
    Client.prototype[name] = function (...args) {
      const end = start(name, args[0]);
      return original.apply(this, args).then(
        result => {
          end();
          return result;
        },
        error => {
          end(error);
          throw error;
        },
      );
    };
  }
}
