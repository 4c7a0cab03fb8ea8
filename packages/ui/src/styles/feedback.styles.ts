import { css } from 'lit';

/** Empty states, skeletons, notices. */
export const feedbackStyles = css`
  .empty {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 6px;
    padding: 32px 24px;
    text-align: center;
    color: var(--_muted);
    text-wrap: balance;
  }
  .empty > .icon {
    inline-size: 28px;
    block-size: 28px;
    margin-block-end: 6px;
    stroke-width: 1.4;
  }
  .empty > .title {
    color: var(--_text);
    font-weight: 550;
  }
  .empty > .button {
    margin-block-start: 10px;
  }
  .empty > .detail {
    font-size: var(--_size-small);
    max-inline-size: 36ch;
  }

  .notice {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 9px 12px;
    border-radius: var(--_radius);
    background: var(--_chip);
    font-size: var(--_size-small);
    color: var(--_text);
  }
  .notice > .icon {
    inline-size: 16px;
    block-size: 16px;
    margin-block-start: 1px;
  }
  .notice > .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .notice.warning {
    background: var(--_warning-soft);
    color: var(--_warning);
  }
  .notice.danger {
    background: var(--_danger-soft);
    color: var(--_danger);
  }

  .bone {
    border-radius: 6px;
    background: color-mix(in oklab, var(--_text) 8%, transparent);
    block-size: 11px;
    animation: prosa-breathe 1.6s ease-in-out infinite alternate;
  }
  .bone.round {
    border-radius: 50%;
  }
  @keyframes prosa-breathe {
    to {
      opacity: 0.45;
    }
  }

  @keyframes prosa-rise {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  /* Beside a button that is dimmed: why. */
  .submit-hint {
    align-self: center;
    color: var(--_muted);
    font-size: var(--_size-small);
  }

  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .bone,
    .notice {
      border: 1px solid;
    }
  }
`;
