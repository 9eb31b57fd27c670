// Starts shells for tests, and says what they print: a process as large as a test's takes many times
// as long to start another one as this one does.
import { spawn } from 'node:child_process';

const running = new Map();

process.on('message', ({ id, script, stop }) => {
  if (stop) return void running.get(id)?.kill();
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  running.set(id, child);
  child.stdout.on('data', (bytes) => process.send({ id, bytes }));
  child.on('close', () => {
    running.delete(id);
    process.send({ id });
  });
});
process.on('disconnect', () => process.exit());
