import { showCrm } from './crm-view.ts';

import { loadConfig } from './session.ts';
import { themeButton } from './theme.ts';

const theme = document.querySelector<HTMLButtonElement>('[data-theme-button]');
if (theme) themeButton(theme);
const config = await loadConfig();
showCrm(document.body, config);
