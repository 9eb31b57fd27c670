import { keepOffline } from './offline/keep-offline';
import { showCompanion } from './screen/companion-screen';

const page = document.querySelector<HTMLElement>('#page');
if (page) void keepOffline().then((offline) => showCompanion(page, offline));
