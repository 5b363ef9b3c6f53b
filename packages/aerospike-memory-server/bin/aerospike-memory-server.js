#!/usr/bin/env node
require('../build/src/cli.js');
