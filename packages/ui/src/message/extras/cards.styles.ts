import { css } from 'lit';

/** Places, cards of contacts, orders, forms, questions. */
export const cardStyles = css`
  .info-card {
    display: flex;
    align-items: center;
    gap: 11px;
    inline-size: 290px;
    max-inline-size: calc(100% + 12px);
    margin: 0 -6px 6px;
    padding: 9px 12px 9px 9px;
    border-radius: calc(var(--_radius-large) - 4px);
    background: color-mix(in oklab, var(--_surface) 62%, transparent);
    color: inherit;
    text-decoration: none;
  }
  .theirs .info-card {
    background: var(--_sunken);
  }
  .info-card:hover {
    background: var(--_surface);
  }
  .theirs .info-card:hover {
    background: var(--_hover);
  }
  .info-card > .icon,
  .web-link .icon {
    flex: none;
    inline-size: 15px;
    block-size: 15px;
    color: var(--_muted);
  }
  .info-card + .meta,
  .info-block + .meta,
  .contact-cards + .meta,
  .sticker-image + .meta {
    margin-block-start: 0;
  }
  .info-drawing {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 10px;
    background: var(--_accent-soft);
    color: var(--_accent-text);
  }
  .ours .info-drawing {
    background: var(--_surface);
  }
  .info-drawing .icon {
    inline-size: 21px;
    block-size: 21px;
  }
  .info-title {
    font-weight: 550;
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .info-about {
    color: var(--_muted);
    font-size: var(--_size-small);
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }
  .info-link {
    margin-block: 6px 2px;
  }
  .info-card + .info-link {
    margin-block: 0 4px;
  }
  .web-link {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    color: var(--_accent-text);
    font-weight: 550;
    font-size: var(--_size-small);
    text-decoration: none;
  }
  a.web-link:hover > :first-child {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .web-link .muted {
    font-weight: 400;
  }
  .web-link.dead {
    color: var(--_muted);
    font-weight: 400;
    overflow-wrap: anywhere;
  }

  .contact-cards,
  .contact-cards details {
    display: grid;
    gap: 10px;
  }
  .contact-cards {
    inline-size: 270px;
    max-inline-size: 100%;
    padding-block: 3px 4px;
  }
  .contact-card + .contact-card {
    padding-block-start: 10px;
    border-block-start: 1px solid color-mix(in oklab, var(--_text) 10%, transparent);
  }
  .contact-cards summary {
    inline-size: fit-content;
    color: var(--_accent-text);
    font-size: var(--_size-small);
    font-weight: 550;
    cursor: pointer;
  }
  .contact-cards details[open] > summary {
    display: none;
  }
  .contact-head {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .contact-avatar {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: var(--_chip);
    color: var(--_muted);
    font-size: var(--_size-small);
    font-weight: 650;
  }
  .contact-line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 30px;
    padding-inline-start: 46px;
  }
  .contact-line a {
    color: var(--_accent-text);
    text-decoration: none;
  }
  .contact-line a:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .contact-kind {
    flex: 1;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .contact-line .icon-button {
    flex: none;
    margin-inline: auto -6px;
  }
  .contact-line .icon-button > :last-child,
  .contact-line .done > :first-child {
    display: none;
  }
  .contact-line .done > :last-child {
    display: block;
    color: var(--_success);
  }

  .info-block {
    inline-size: 290px;
    max-inline-size: 100%;
    padding-block: 2px 6px;
  }
  .info-head {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-block-end: 7px;
  }
  .info-head .icon {
    flex: none;
    inline-size: 17px;
    block-size: 17px;
    color: var(--_muted);
  }
  .info-head .info-about {
    flex: none;
    margin-inline-start: auto;
  }
  .order-items {
    display: grid;
    gap: 3px;
    padding-block: 6px;
    border-block: 1px solid color-mix(in oklab, var(--_text) 10%, transparent);
  }
  .order-items li,
  .order-total {
    display: flex;
    gap: 8px;
  }
  .order-quantity {
    flex: none;
    min-inline-size: 28px;
    color: var(--_muted);
  }
  .order-product {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .order-price {
    flex: none;
    max-inline-size: 60%;
    overflow-wrap: anywhere;
  }
  .order-total {
    justify-content: space-between;
    padding-block-start: 6px;
    font-weight: 650;
  }
  .form-fields {
    display: grid;
    gap: 6px;
    margin: 0;
    padding-block-start: 7px;
    border-block-start: 1px solid color-mix(in oklab, var(--_text) 10%, transparent);
  }
  .form-fields dt {
    color: var(--_muted);
    font-size: var(--_size-small);
    overflow-wrap: anywhere;
  }
  .form-fields dd {
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }

  .asked {
    display: flex;
    align-items: center;
    gap: 7px;
    margin-block: 6px 2px;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .asked .icon {
    flex: none;
    inline-size: 15px;
    block-size: 15px;
  }
  .list-options {
    margin-block: 7px 3px;
    padding: 7px 11px;
    border: 1px solid color-mix(in oklab, var(--_text) 13%, transparent);
    border-radius: var(--_radius);
  }
  .list-options .asked {
    margin-block: 0 4px;
    font-weight: 550;
  }
  .list-options li {
    padding-block: 3px;
  }
  .list-options li + li {
    border-block-start: 1px solid color-mix(in oklab, var(--_text) 8%, transparent);
  }
  .offer {
    display: block;
    margin-block-end: 3px;
    font-size: var(--_size-small);
    font-weight: 550;
  }
  .header-file .media-frame.picture {
    inline-size: 100%;
    margin-block-end: 6px;
  }
  .of-template > .bubble:has(.header-file .picture),
  .of-interactive > .bubble:has(.header-file .picture) {
    inline-size: 312px;
  }
  .header-file .document-card {
    max-inline-size: 100%;
    margin-inline: 0;
  }
  .cards {
    display: flex;
    gap: 8px;
    margin-block: 8px 4px;
    padding-block-end: 4px;
    overflow-x: auto;
    scroll-snap-type: x proximity;
  }
  .of-template > .bubble:has(.cards .card),
  .of-interactive > .bubble:has(.cards .card) {
    inline-size: 480px;
  }
  .card {
    flex: none;
    inline-size: 190px;
    padding: 8px 10px;
    border-radius: var(--_radius);
    background: color-mix(in oklab, var(--_surface) 62%, transparent);
    scroll-snap-align: start;
  }
  .unknown {
    display: flex;
    gap: 8px;
    color: var(--_muted);
  }
  .unknown .icon {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: 2px;
  }

  .media-frame.sticker,
  .sticker-image {
    inline-size: 128px;
    block-size: 128px;
    object-fit: contain;
    display: block;
  }
  .of-sticker > .bubble {
    border-color: transparent;
    background: transparent;
    padding-inline: 0;
  }
`;
