// A notifier in a process of its own, to be killed: DATABASE_URL, key file. Says "ready" once it runs.
import { connect, keysInFile } from '@throughline/store';
import { readAllowList } from '../outbound/allow-list.ts';
import { startNotifier } from './notifier.ts';

const [url = '', keyFile = ''] = process.argv.slice(2);
startNotifier({
  db: connect(url, { max: 6, log: console }),
  log: { info() {}, warn() {}, error: console.error },
  clock: () => new Date(),
  keys: keysInFile(keyFile),
  allow: readAllowList('127.0.0.1').allow,
  portalUrl: 'https://soc.example.com',
  pauses: { retry: [40], way: [40], patience: 600_000, poll: 30 },
});
console.log('ready');
