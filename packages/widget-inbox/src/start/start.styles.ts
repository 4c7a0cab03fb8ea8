import { css } from 'lit';

/** The dialog that begins a conversation: wider than the others, for the preview of the message. */
export const startStyles = css`
  dialog.start {
    inline-size: min(520px, calc(100vw - 32px));
    max-block-size: min(720px, calc(100dvh - 32px));
  }
  .start .who-to {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 12px;
    align-items: start;
  }
  .start .template-part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .start .template-choices,
  .start .template-fill {
    max-block-size: none;
  }
  .start .template-part .empty {
    padding-block: 18px;
  }
  .start .field > .link-button {
    justify-self: start;
    font-size: var(--_size-small);
  }
  .start .dialog-foot {
    align-items: center;
  }
  @media (width < 480px) {
    .start .who-to {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
