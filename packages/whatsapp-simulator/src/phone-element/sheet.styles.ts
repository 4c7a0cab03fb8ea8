import { css } from 'lit';

/** The sheets that rise over the chat. */
export const sheetStyles = css`
  .sheet-layer {
    position: absolute;
    inset: 0;
    display: grid;
    align-items: end;
  }

  .scrim {
    position: absolute;
    inset: 0;
    background: rgb(0 0 0 / 45%);
    animation: appear 160ms ease-out;
  }

  .sheet {
    position: relative;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    max-block-size: 86%;
    min-block-size: 0;
    border-start-start-radius: 22px;
    border-start-end-radius: 22px;
    background: var(--glass);
    box-shadow: 0 -8px 30px rgb(0 0 0 / 22%);
    animation: rise 180ms cubic-bezier(0.2, 0.8, 0.3, 1);
  }

  .sheet::before {
    content: '';
    position: absolute;
    inset-block-start: 7px;
    inset-inline: 0;
    inline-size: 36px;
    block-size: 4px;
    margin-inline: auto;
    border-radius: 4px;
    background: var(--line);
  }

  .sheet-head {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr) 44px;
    align-items: center;
    padding: 16px 10px 6px;
  }

  .sheet-head h2 {
    margin: 0;
    font-size: 16px;
    font-weight: 650;
    text-align: center;
    overflow-wrap: anywhere;
  }

  .sheet-close {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: 50%;
    font-size: 20px;
    color: var(--quiet);
    background: none;
    cursor: pointer;
  }

  .sheet-body {
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    min-block-size: 0;
    overflow-y: auto;
    scrollbar-width: thin;
  }

  .sheet-body:not(:has(.sheet-form)) {
    grid-template-rows: none;
    padding-block-end: 18px;
  }

  .sheet-words {
    padding: 4px 24px;
    text-align: center;
    overflow-wrap: anywhere;
  }

  .inset {
    padding-inline: 20px;
  }

  .option {
    display: flex;
    align-items: center;
    gap: 14px;
    inline-size: 100%;
    min-block-size: 50px;
    padding: 7px 0;
    border: 0;
    font: inherit;
    text-align: start;
    color: inherit;
    background: none;
    cursor: pointer;
  }

  .option-icon {
    font-size: 21px;
    color: var(--quiet);
  }

  .emojis {
    display: flex;
    justify-content: space-between;
    gap: 4px;
    padding: 4px 18px 8px;
  }

  .emoji {
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: 50%;
    font-size: 24px;
    line-height: 1;
    background: none;
    cursor: pointer;
    transition: transform 120ms;
  }

  .emoji:hover {
    transform: scale(1.12);
  }

  .emoji[aria-pressed='true'] {
    background: color-mix(in srgb, var(--accent) 18%, transparent);
    box-shadow: inset 0 0 0 2px var(--accent);
  }

  .field {
    display: grid;
    min-inline-size: 0;
    gap: 4px;
    padding-block: 8px;
    font-size: 13px;
    color: var(--quiet);
  }

  .field input,
  .quantity {
    min-inline-size: 0;
    min-block-size: 42px;
    padding: 6px 12px;
    border: 1px solid light-dark(#7d8b85, #71827b);
    border-radius: 10px;
    font: inherit;
    font-size: 15px;
    color: var(--ink);
    background: var(--glass);
  }

  .field input:focus-visible,
  .quantity:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }

  .number-form {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: end;
    gap: 10px;
    padding-block: 6px 4px;
    border-block-start: 1px solid var(--line);
  }

  .number-form .sheet-send {
    margin: 0 0 8px;
    padding-inline: 18px;
    min-block-size: 42px;
  }

  .sheet-form {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    min-block-size: 0;
    padding-block-end: 18px;
  }

  .rows {
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    padding-inline: 20px;
  }

  .section-title {
    padding-block: 14px 4px;
    font-size: 13px;
    font-weight: 650;
    color: var(--accent);
  }

  .row {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 14px;
    min-block-size: 52px;
    padding-block: 9px;
    cursor: pointer;
  }

  .row + .row {
    border-block-start: 1px solid var(--line);
  }

  .row-words {
    display: grid;
    overflow-wrap: anywhere;
  }

  .row-title {
    font-size: 15px;
  }

  .row-detail {
    font-size: 12.5px;
    color: var(--quiet);
  }

  .row .quantity {
    inline-size: 76px;
  }

  .row .switch {
    appearance: none;
    position: relative;
    inline-size: 46px;
    block-size: 28px;
    margin: 0;
    border: 2px solid var(--quiet);
    border-radius: 999px;
    cursor: pointer;
    transition: background-color 140ms;
  }

  .row .switch::after {
    content: '';
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: 5px;
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    background: var(--quiet);
    transition: translate 140ms;
  }

  .row .switch:checked {
    border-color: var(--accent);
    background: var(--accent);
  }

  .row .switch:checked::after {
    translate: 16px 0;
    background: var(--on-accent);
  }

  .row input[type='radio'] {
    appearance: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    border: 2px solid var(--quiet);
    border-radius: 50%;
    cursor: pointer;
  }

  .row input[type='radio']:checked {
    border-color: var(--accent);
    background: radial-gradient(circle, var(--accent) 0 5px, transparent 5.6px);
  }

  .row input:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 3px;
  }

  .sheet-send {
    min-block-size: 46px;
    margin: 12px 20px 0;
    border: 0;
    border-radius: 999px;
    font: inherit;
    font-size: 15px;
    font-weight: 650;
    color: var(--on-accent);
    background: var(--accent);
    cursor: pointer;
  }

  .sheet-send.plain {
    color: var(--accent);
    background: none;
    box-shadow: inset 0 0 0 1.5px var(--line);
  }

  .sheet-send:focus-visible {
    outline-offset: 2px;
  }

  .sheet-send:disabled {
    color: var(--quiet);
    background: var(--line);
    cursor: default;
  }

  @media (forced-colors: active) {
    .row input {
      appearance: auto;
    }

    .row .switch::after {
      content: none;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @keyframes rise {
    from {
      transform: translateY(100%);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .scrim,
    .sheet {
      animation: none;
    }

    .emoji,
    .row .switch,
    .row .switch::after {
      transition: none;
    }
  }
`;
