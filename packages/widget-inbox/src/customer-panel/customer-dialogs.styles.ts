import { css } from 'lit';

/** What only the dialogs of a customer show. */
export const customerDialogStyles = css`
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 14px;
    align-items: start;
  }
  @media (width < 460px) {
    .pair {
      grid-template-columns: 1fr;
    }
  }
  .results-area {
    block-size: 268px;
    margin-inline: -8px;
    padding-inline: 8px;
  }
  .empty-hint {
    padding: 24px 12px;
    color: var(--_muted);
    text-align: center;
    text-wrap: balance;
  }
`;
