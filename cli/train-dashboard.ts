import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Session } from './session.ts';

/** A dashboard beside training, in a process of its own: training leaves it no time. It stays up, showing how it went, until Ctrl-C. */
export function dashboardBeside({ output, stayUp }: Pick<Session, 'output' | 'stayUp'>): (run: string) => void {
  return (run) => {
    // The program as it was started: a path beside this module would not be there in a bundle.
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1], 'dashboard', '--follow', run, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    child.on('error', (error) => output.log(`No dashboard: ${error.message}`));
    let line = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      line += text;
      if (line.endsWith('\n')) output.log(`Dashboard: ${JSON.parse(line).url}`);
    });
    stayUp(async () => {
      child.kill('SIGINT');
      await ended;
    });
  };
}
