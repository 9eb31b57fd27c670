import { Command } from 'commander';
import type { CommandLine } from './command-runner';
import { checkPreprocessingCommand } from './commands/check-preprocessing';
import { compareCommand } from './commands/compare';
import { compareBackbonesCommand } from './commands/compare-backbones';
import { correctionsCommand } from './commands/corrections';
import { createCommand } from './commands/create';
import { demoCommand } from './commands/demo';
import { devicesCommand } from './commands/devices';
import { doctorCommand } from './commands/doctor';
import { exportCommand } from './commands/export';
import { exportDatasetCommand } from './commands/export-dataset';
import { importCommand } from './commands/import';
import { importModelCommand } from './commands/import-model';
import { inspectCommand } from './commands/inspect';
import { issuesCommand } from './commands/issues';
import { labelCommand } from './commands/label';
import { layersCommand } from './commands/layers';
import { learningCurveCommand } from './commands/learning-curve';
import { phonePageCommand } from './commands/phone-page';
import { predictCommand } from './commands/predict';
import { pullPhotosCommand } from './commands/pull-photos';
import { pushCommand } from './commands/push';
import { quantizeCommand } from './commands/quantize';
import { reportCommand } from './commands/report';
import { measureCommand } from './commands/measure';
import { rollbackCommand } from './commands/rollback';
import { searchHeadCommand } from './commands/search-head';
import { serveCommand } from './commands/serve';
import { splitCommand } from './commands/split';
import { statusCommand } from './commands/status';
import { suggestCommand } from './commands/suggest';
import { trainCommand } from './commands/train';
import { versionsCommand } from './commands/versions';
import { watchCommand } from './commands/watch';
import { exitCodesHelp } from './exit-codes';

/** Every command, in the order of the work. */
export function buildProgram(line: CommandLine): Command {
  const program = new Command('pocketlens')
    .description('From a folder of photos to a compared, quantized image classifier.')
    .version(line.environment.appVersion)
    // Options that follow `versions compare` are its own.
    .enablePositionalOptions()
    .showHelpAfterError('Run it with --help to see how.')
    .addHelpText('after', exitCodesHelp);
  const commands = [
    createCommand,
    importCommand,
    watchCommand,
    labelCommand,
    suggestCommand,
    issuesCommand,
    splitCommand,
    versionsCommand,
    statusCommand,
    learningCurveCommand,
    compareBackbonesCommand,
    searchHeadCommand,
    trainCommand,
    importModelCommand,
    quantizeCommand,
    layersCommand,
    compareCommand,
    checkPreprocessingCommand,
    predictCommand,
    inspectCommand,
    exportCommand,
    exportDatasetCommand,
    reportCommand,
    devicesCommand,
    pushCommand,
    rollbackCommand,
    pullPhotosCommand,
    phonePageCommand,
    correctionsCommand,
    measureCommand,
    doctorCommand,
    serveCommand,
    demoCommand,
  ];
  for (const make of commands) program.addCommand(settle(make(line), program));
  return program;
}

/** Help and errors of a command, and of those below it, as those of the program. */
function settle(command: Command, parent: Command): Command {
  command.addHelpText('after', exitCodesHelp).copyInheritedSettings(parent);
  for (const below of command.commands) settle(below, command);
  return command;
}
