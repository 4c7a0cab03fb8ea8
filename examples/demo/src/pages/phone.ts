import './phone-stand.ts';
