import './cacau-crm.ts';
