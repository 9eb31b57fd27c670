import { type Command, CommanderError } from 'commander';
import { buildProgram } from './build-program';
import type { CommandLine } from './command-runner';
import { exitCodes } from './exit-codes';

/** Runs one command line (without `node` and the script) and returns the exit code. */
export async function runCli(
  args: readonly string[],
  line: Omit<CommandLine, 'setExitCode'>,
): Promise<number> {
  let exitCode: number = exitCodes.done;
  const program = buildProgram({ ...line, setExitCode: (code) => (exitCode = code) });
  const json = args.includes('--json');
  for (const command of withThoseBelow(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => line.terminal.print(text.trimEnd()),
      writeErr: (text) => line.terminal.note(text.trimEnd()),
    });
  }
  if (args.length === 0) {
    line.terminal.note(program.helpInformation().trimEnd());
    return exitCodes.usage;
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // --help and --version end a command this way too.
    if (error.exitCode === 0) return exitCodes.done;
    if (json) line.terminal.print(usageErrorJson(error));
    return exitCodes.usage;
  }
  return exitCode;
}

function usageErrorJson({ message }: CommanderError): string {
  const error = {
    code: 'bad-request',
    message: message.replace(/^error: /, ''),
    remedy: 'Run it with --help to see how.',
  };
  return JSON.stringify({ error }, undefined, 2);
}

const withThoseBelow = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap(withThoseBelow),
];
