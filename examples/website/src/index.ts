export { startShop, type Shop, type ShopOptions } from './shop.ts';
export type { VisitorKey } from './sign-visitor-token.ts';
