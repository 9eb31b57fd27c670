import { actions } from './actions';
import { backboneTrials } from './backbone-trials';
import { bases } from './bases';
import { capture } from './capture';
import { common } from './common';
import { companionPage } from './companion-page';
import { comparison } from './comparison';
import { corrections } from './corrections';
import { datasetExport } from './dataset-export';
import { deploy } from './deploy';
import { fineTuning } from './fine-tuning';
import { headTrials } from './head-trials';
import { importModel } from './import-model';
import { issues } from './issues';
import { labeling } from './labeling';
import { library } from './library';
import { map } from './map';
import { modelGraph } from './model-graph';
import { phonePhotos } from './phone-photos';
import { phoneFigures } from './phone-figures';
import { phones } from './phones';
import { preprocessing } from './preprocessing';
import { robustness } from './robustness';
import { shell } from './shell';
import { slices } from './slices';
import { suggestions } from './suggestions';
import { tradeOff } from './trade-off';
import { training } from './training';
import { versions } from './versions';

/** Every text a person reads, by feature. A feature adds its own file here. */
export const en = {
  actions,
  backboneTrials,
  bases,
  capture,
  common,
  comparison,
  corrections,
  datasetExport,
  deploy,
  fineTuning,
  headTrials,
  importModel,
  issues,
  labeling,
  library,
  map,
  modelGraph,
  phonePhotos,
  companionPage,
  phoneFigures,
  phones,
  preprocessing,
  robustness,
  shell,
  slices,
  suggestions,
  tradeOff,
  training,
  versions,
} as const;
