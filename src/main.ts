// Needed if the process is started without the flags of `npm start`.
import './preload.js';

await import('./cli/start.ts');
