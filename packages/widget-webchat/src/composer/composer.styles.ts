import { css } from 'lit';

export const composerStyles = css`
  .foot {
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
    padding-block-end: env(safe-area-inset-bottom, 0px);
  }
  .composer {
    display: flex;
    align-items: flex-end;
    gap: 6px;
    padding: 12px 14px 12px 10px;
  }
  .composer textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: 132px;
    padding: 7px 6px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    line-height: 1.45;
    resize: none;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  .composer textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .composer textarea:focus {
    outline: none;
  }
  .foot:has(.composer textarea:focus-visible) {
    border-block-start-color: var(--_accent);
    box-shadow: inset 0 1px 0 var(--_accent);
  }
  .attach {
    inline-size: 36px;
    block-size: 36px;
  }
  .attach:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }
  .send {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_accent-ink);
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  .send[aria-disabled='true'] {
    background: var(--_chip);
    color: var(--_muted);
    cursor: default;
  }
  .problems {
    padding: 8px 16px 0;
    color: var(--_danger);
    font-size: var(--_size-small);
    overflow-wrap: anywhere;
  }
  .over {
    display: grid;
    gap: 10px;
    padding: 14px 16px;
    text-align: center;
  }
  .choices {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  @media (max-width: 480px) {
    /* Smaller text in a field makes a phone zoom in. */
    .composer textarea,
    .input {
      font-size: 16px;
    }
  }
`;
