// Rotates in a process of its own, to be killed: DATABASE_URL, key file, number of the key write before which it hangs.
import { connect } from '../database.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { keysInFile } from './secret-keys.ts';

const [url = '', file = '', hangBefore = '0'] = process.argv.slice(2);
const keys = keysInFile(file);
let writes = 0;
await rotateSecrets(connect(url, { max: 2, log: console }), {
  ...keys,
  async write(ring) {
    writes += 1;
    if (writes === Number(hangBefore)) {
      console.log('hangs');
      await new Promise(() => setInterval(() => {}, 1000));
    }
    await keys.write(ring);
  },
});
