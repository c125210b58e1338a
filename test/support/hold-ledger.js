import { readFileSync, rmSync, writeSync } from 'node:fs';
import { isMainThread, Worker } from 'node:worker_threads';

/*
 * Loaded into a gateway by `--import`, to stop it between two steps of a change: it holds one call to the thread of the
 * embedded database, or the answer to it. The file `HOLD_FILE` names the call, and whether it is held `before` or `after` it
 * is committed. SIGWINCH lets it go on.
 */

const file = process.env['HOLD_FILE'] ?? '';
/** The call whose answer is to be held; null if there is none. */
let heldId = null;
let release = () => {};
process.on('SIGWINCH', () => release());

/** Returns when a call of a method is to be held, once; null if it is not. */
function takeHold(method) {
  try {
    const [held, when] = readFileSync(file, 'utf8').split(' ');
    if (held !== method) return null;
    rmSync(file);
    return when;
  } catch {
    return null;
  }
}

function hold(goOn) {
  release = goOn;
  writeSync(2, 'a call is held\n');
}

if (isMainThread) {
  const { postMessage, emit } = Worker.prototype;
  Worker.prototype.postMessage = function (message) {
    const when = takeHold(message.method);
    if (when === 'after') heldId = message.id;
    if (when === 'before') hold(() => postMessage.call(this, message));
    else postMessage.call(this, message);
  };
  Worker.prototype.emit = function (name, ...values) {
    const isHeld = name === 'message' && values[0].results?.some(([id]) => id === heldId);
    if (!isHeld) return emit.call(this, name, ...values);
    heldId = null;
    hold(() => emit.call(this, name, ...values));
    return true;
  };
}
