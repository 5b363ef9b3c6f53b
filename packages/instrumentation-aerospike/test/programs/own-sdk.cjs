// An SDK that somebody else sets up, which prints what it has when the process ends.
require('./manual-sdk.cjs').registerSdk();
