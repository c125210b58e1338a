import { registerHooks } from 'node:module';

// Imported into a gateway's process (`--import`): the first time that the file of a module named by FAIL_FIRST_LOAD is
// read it fails, as it does while no file descriptor is free.
const name = process.env['FAIL_FIRST_LOAD'];
let hasFailed = name === undefined;
registerHooks({
  load(url, context, next) {
    if (hasFailed || !url.endsWith(name)) return next(url, context);
    hasFailed = true;
    throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  },
});
