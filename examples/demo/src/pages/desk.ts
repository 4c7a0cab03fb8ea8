import './cacau-crm.ts';
import './desk-switch.ts';
import './phone-stand.ts';
import './shop-stand.ts';
