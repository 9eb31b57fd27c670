import { setTimeout as pause } from 'node:timers/promises';
import { cleanUp, pushFiles } from '../../src/main/services/deploy/phones/push-files';
import type { ModelFile, PushPlan } from '../../src/main/services/deploy/phones/push-plan';
import { toShape } from '../../src/shared/api/errors';
import { companionTarget } from '../../src/shared/domain/deployment';
import type { DeviceId } from '../../src/shared/domain/device';
import type { ErrorShape } from '../../src/shared/domain/job';
import { createRandom } from '../../src/shared/domain/random';
import type { Fault, FaultSet, FaultyPhone, Said } from './faulty-phone';
import { drawModel, holdOnly, leftovers, planOf, wrongWith } from './held-models';

const [oldBytes, newBytes] = [60_000, 400_000];
/** A phone is back within it. */
const readyMs = 60_000;
/** Then the tool is told to look again: an adb server forgets a phone over TCP that it lost twice. */
const looks = 40;

export interface FaultRow {
  fault: string;
  moments: number;
  /** Pushes that ended well in spite of it: slow ones, and those that were all but done. */
  wentThrough: number;
  /** Moments in which the phone ran the old model afterwards; it ran the new one in the others. */
  keptOld: number;
  /** What was said, each sentence once, with its remedy. */
  said: string[];
  violations: string[];
}

export interface FaultRun {
  /** For the models, on this computer. */
  folder: string;
  moments: number;
  seed: number;
  /** Names of faults; absent: all. */
  only?: readonly string[];
}

/**
 * Every fault at random moments of a push of a small model over an older one. After each: the phone
 * runs the old model or the new one whole, what was said names cause and remedy, and the next push ends
 * well and leaves nothing behind.
 */
export async function runFaults(
  { phone, faults }: FaultSet,
  { folder, moments, seed, only }: FaultRun,
  onRow: (row: FaultRow) => void = () => undefined,
): Promise<FaultRow[]> {
  const [old, new_] = [drawModel(folder, 'old', oldBytes), drawModel(folder, 'new', newBytes)];
  const [oldPlan, newPlan] = [planOf(old, new_), planOf(new_, old)];
  const id = await ready(phone);
  holdOnly(phone.models, oldPlan);
  const before = phone.received();
  await push(phone, id, newPlan);
  const total = phone.received() - before;
  const rows: FaultRow[] = [];
  for (const fault of faults.filter(({ name }) => only === undefined || only.includes(name))) {
    const random = createRandom(seed);
    const row: FaultRow = {
      fault: fault.name,
      moments,
      wentThrough: 0,
      keptOld: 0,
      said: [],
      violations: [],
    };
    for (let moment = 0; moment < moments; moment++) {
      const at = Math.floor(random.next() * total);
      holdOnly(phone.models, oldPlan);
      await strikeOnce({ phone, fault, row, old, new: new_, newPlan }, at, random.next());
    }
    rows.push(row);
    onRow(row);
  }
  return rows;
}

interface Moment {
  phone: FaultyPhone;
  fault: Fault;
  row: FaultRow;
  old: ModelFile;
  new: ModelFile;
  newPlan: PushPlan;
}

async function strikeOnce(moment: Moment, at: number, share: number): Promise<void> {
  const { phone, fault, row, old, new: new_, newPlan } = moment;
  const report = (what: string) => row.violations.push(`at byte ${at}: ${what}`);
  const hear = (error: ErrorShape, allowed: readonly Said[]) => {
    // Names of files that are on their way differ each time.
    const text = `${error.message} → ${error.remedy ?? ''}`.replaceAll(/[0-9a-f]{12,}/g, '…');
    if (!row.said.includes(text)) row.said.push(text);
    const isSaid = ({ says, remedy }: Said) =>
      says.test(error.message) && remedy.test(error.remedy ?? '');
    if (!allowed.some(isSaid)) report(`it says “${text}”`);
  };

  const id = await ready(phone);
  const strike = fault.strike(share);
  const struck = { yet: false };
  const act = () => {
    struck.yet = true;
    if (typeof strike === 'function') strike();
  };
  phone.after(at, strike === 'stall' ? 'stall' : act);
  const failure = await failureOf(push(phone, id, newPlan));
  if (failure) hear(failure, fault.breaks ?? []);
  else row.wentThrough += 1;
  const after = wrongWith(
    phone.models,
    failure ? { old, new: new_ } : { new: new_ },
    fault.takesApp,
  );
  after.forEach(report);
  if (wrongWith(phone.models, { old }).length === 0) row.keptOld += 1;

  if (fault.refused) {
    if (!struck.yet && !(strike === 'stall' && failure)) phone.after(0, strike);
    if (!fault.isAway) await phone.reconnect();
    const there = (await phone.transport.list())[0]?.id ?? id;
    // What is there already is not sent again, so another model is.
    holdOnly(phone.models, planOf(old, new_));
    const refusal = await failureOf(push(phone, there, newPlan));
    if (refusal) hear(refusal, [fault.refused, ...(fault.breaks ?? [])]);
    else report('a push went through while the fault lasted');
  }

  await fault.repair();
  await phone.reconnect();
  try {
    await push(phone, await ready(phone), newPlan);
    wrongWith(phone.models, { new: new_ }).forEach((what) =>
      report(`after the next push: ${what}`),
    );
    for (const name of leftovers(phone.disk)) report(`${name} is left after the next push`);
  } catch (error) {
    report(`the next push failed: ${toShape(error).message}`);
  }
}

/** As a push from Deploy, but for the app's answers. */
async function push(phone: FaultyPhone, id: DeviceId, plan: PushPlan): Promise<void> {
  const folder = await phone.transport.openFolder(id, companionTarget.place);
  try {
    const job = {
      id: 'job-1',
      signal: new AbortController().signal,
      progress: () => undefined,
      log: () => undefined,
    };
    // What broke stays broken here: that pushes try again is for tests of its own.
    await pushFiles(folder, plan, job, []);
    await cleanUp(folder, plan.kept ?? new Set());
  } finally {
    await folder.close();
  }
}

const failureOf = (work: Promise<void>): Promise<ErrorShape | undefined> =>
  work.then(() => undefined, toShape);

async function ready(phone: FaultyPhone): Promise<DeviceId> {
  for (const until = Date.now() + readyMs; Date.now() < until; await phone.reconnect()) {
    for (let look = 0; look < looks; look++, await pause(100)) {
      const found = (await phone.transport.list()).find(({ state }) => state === 'ready');
      if (found) return found.id;
    }
  }
  throw new Error('The phone is not ready again');
}
