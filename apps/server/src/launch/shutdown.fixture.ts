// A process for shutdown.test.ts whose one hook is quick or never ends.
import { createShutdown } from './shutdown.ts';

const shutdown = createShutdown({ warn: (message) => console.error(message) });
shutdown.onStop({
  name: 'hook',
  stop: () => (process.argv[2] === 'quick' ? console.log('stopped') : new Promise(() => {})),
});
shutdown.listenToSignals();
setInterval(() => {}, 1_000);
console.log('up');
