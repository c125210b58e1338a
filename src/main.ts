// For a start without the flags of `npm start`.
import './preload.js';

await import('./cli/start.ts');
