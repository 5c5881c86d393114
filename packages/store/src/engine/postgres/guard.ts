import { type ChildProcess, spawn } from 'node:child_process';
import type { PostgresAccount } from './account.ts';

// Between the server and the postmaster stands this shell. It holds the reading end of a pipe that closes when the
// server ends in whatever way, kill -9 included; it then asks the postmaster for a fast shutdown (INT), three seconds
// later for an immediate one (QUIT), and at last kills it. It ends with the postmaster and has its exit status.
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
postmaster=$!
(
  read -r _ <&3
  for signal in INT QUIT KILL; do
    kill -$signal $postmaster 2>/dev/null
    tries=0
    while [ $tries -lt 30 ]; do
      kill -0 $postmaster 2>/dev/null || exit 0
      sleep 0.1
      tries=$((tries + 1))
    done
  done
) &
watcher=$!
wait $postmaster
status=$?
kill $watcher 2>/dev/null
exit $status
`;

/**
 * Spawns `command` under the guard. Ending the child's standard input, or the death of this process, shuts it down.
 * The guard is in a session of its own, so that Ctrl-C in a terminal reaches the server alone.
 */
export function spawnGuarded(account: PostgresAccount, command: string[], cwd: string): ChildProcess {
  return spawn('/bin/sh', ['-c', GUARD, 'throughline-postgres-guard', ...account.prefix, ...command], {
    cwd,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    ...(account.uid === undefined ? {} : { uid: account.uid }),
    ...(account.gid === undefined ? {} : { gid: account.gid }),
  });
}
