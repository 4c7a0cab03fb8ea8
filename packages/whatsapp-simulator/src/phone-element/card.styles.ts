import { css } from 'lit';

/** Places, contacts, products, orders and carousels. */
export const cardStyles = css`
  .place {
    display: grid;
    min-inline-size: 200px;
  }

  .ground {
    display: grid;
    place-items: center;
    block-size: 96px;
    margin: -1px -4px 6px;
    border-radius: 10px;
    font-size: 34px;
    color: light-dark(#b3261e, #ff8f86);
    background:
      linear-gradient(light-dark(#ffffff, #3a4a44) 0 0) 0 62% / 100% 7px no-repeat,
      linear-gradient(90deg, light-dark(#ffffff, #3a4a44) 0 0) 28% 0 / 7px 100% no-repeat,
      linear-gradient(light-dark(#bfdcf2, #24455c) 0 0) 100% 0 / 34% 38% no-repeat,
      light-dark(#d8e8d4, #24332c);
  }

  .place-name,
  .contact-name,
  .product-name {
    font-weight: 600;
  }

  .bubble .quiet,
  .card .quiet {
    color: var(--faint);
  }

  .contacts {
    display: grid;
    gap: 8px;
    min-inline-size: 190px;
  }

  .contact,
  .product {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: 10px;
  }

  .contact-face,
  .product-icon {
    grid-row: span 2;
    display: grid;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    border-radius: 50%;
    font-weight: 650;
    color: var(--on-accent);
    background: var(--accent);
  }

  .product {
    margin: -1px -4px 6px;
    padding: 8px;
    border-radius: 10px;
    background: light-dark(rgb(0 0 0 / 5%), rgb(255 255 255 / 7%));
  }

  .product-icon {
    inline-size: 46px;
    block-size: 46px;
    border-radius: 8px;
    font-size: 24px;
  }

  .offer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 6px;
    margin: 0 -4px 6px;
    padding: 6px 8px;
    border-radius: 8px;
    background: light-dark(#fdf0d3, #453719);
  }

  .offer-icon {
    font-size: 17px;
  }

  .offer .quiet {
    color: light-dark(#5c4a1b, #e3cf9a);
  }

  .order {
    display: grid;
    gap: 3px;
    margin: 6px 0 2px;
    padding: 8px;
    border-radius: 10px;
    font-size: 13px;
    background: light-dark(rgb(0 0 0 / 5%), rgb(255 255 255 / 7%));
  }

  .order > div {
    display: flex;
    justify-content: space-between;
    gap: 12px;
  }

  .order dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  .order-head,
  .order-total {
    font-weight: 650;
  }

  .cards {
    display: flex;
    flex: none;
    gap: 8px;
    padding: 2px 0 6px;
    overflow-x: auto;
    scroll-snap-type: x proximity;
    scrollbar-width: thin;
  }

  .card {
    flex: none;
    display: grid;
    grid-template-rows: auto 1fr auto;
    inline-size: 206px;
    padding: 6px 9px 0;
    border-radius: 14px;
    background: var(--theirs);
    box-shadow: 0 1px 1px rgb(0 0 0 / 6%);
    scroll-snap-align: start;
    overflow-wrap: anywhere;
  }

  .card > .picture {
    inline-size: calc(100% + 10px);
    max-inline-size: none;
    block-size: 120px;
    margin: -1px -5px 6px;
  }

  .card-actions {
    grid-row: 3;
    display: grid;
    margin: 6px -9px 0;
  }
`;
