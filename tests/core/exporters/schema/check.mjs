// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT
// usage: node check.mjs FILE.har   Validates against the JSON schema of HAR 1.2.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const validate = require('har-validator');
try {
  await validate.har(JSON.parse(fs.readFileSync(process.argv[2], 'utf8')));
  console.log('valid');
} catch (error) {
  console.error(JSON.stringify(error.errors ?? String(error), null, 2));
  process.exit(1);
}
